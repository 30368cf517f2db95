/** A public pack that can be installed by name. Nothing is downloaded except on a person's word. */
export interface CatalogueEntry {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly licence: string;
  /** Where licence and card can be read before saying yes. */
  readonly homepage: string;
  readonly url: string;
  readonly sha256: string;
  /** Exact size where it is published, else an estimate for the question. */
  readonly bytes: number;
  readonly bytesExact: boolean;
  /** What its authors measured, in their words and on their own data. */
  readonly claim: string;
  /** Where its publisher tells of newer ones, pinned here; asked only by `models update`. */
  readonly follows?: {
    readonly manifest: string;
    /** What the address of every model must begin with. */
    readonly files: string;
  };
  /** Everything of pack.json that does not depend on the file. */
  readonly manifest: Readonly<Record<string, unknown>>;
}

const VIT_384 = {
  task: 'ai-image',
  tier: 'thorough',
  minimumSide: 32,
  input: {
    layout: 'NCHW',
    type: 'float32',
    range: [0, 1],
    color: 'srgb-rgb',
    size: [384, 384],
    background: 'white',
    kernel: 'pillow-bilinear',
    kernelEnlarging: 'pillow-bilinear',
    views: [{ kind: 'resize-shorter', side: 440, crop: 'center', rounding: 'down' }],
    combine: 'mean-logit',
  },
} as const;

export const CATALOGUE: readonly CatalogueEntry[] = [
  {
    name: 'sieve',
    title: 'Sieve (ViT-S/16)',
    version: 'ft44s-2026-08-19',
    licence: 'MIT',
    homepage: 'https://github.com/Phineas1500/sieve-ai-image-detector',
    url: 'https://github.com/Phineas1500/sieve-ai-image-detector/releases/download/v0.10.0/ft44s_best_fp16.onnx',
    sha256: '513da879ae017cbf1e5c9e03089537f2de6149d4f3549c3e3c480b3ea2204016',
    bytes: 45_000_000,
    bytesExact: false,
    follows: {
      manifest:
        'https://raw.githubusercontent.com/Phineas1500/sieve-ai-image-detector/main/extension/model_manifest.json',
      files: 'https://github.com/Phineas1500/sieve-ai-image-detector/releases/download/',
    },
    claim: 'Balanced accuracy 90.9 clean, 87.1 web, 85.6 hard on its authors’ 36,384 images.',
    manifest: {
      ...VIT_384,
      description: 'ViT-S/16 by the Sieve project, from Community Forensics, fine-tuned on generators of 2026.',
      input: {
        ...VIT_384.input,
        mean: [0.485, 0.456, 0.406],
        std: [0.229, 0.224, 0.225],
        second: { view: { kind: 'native-crop', crop: 'center' }, from: 0.25, to: 0.85, minimumSide: 384 },
      },
      calibration: { kind: 'platt', scale: 1, bias: 0.43, fittedOn: 'by its authors (temperature 1, bias 0.43)' },
      thresholds: {
        fakeAbove: 0.65,
        realBelow: 0.35,
        meaning: 'its authors call a picture AI from 0.65; "authentic" below 0.35 is our mirror of it, not measured',
      },
    },
  },
  {
    name: 'community-forensics',
    title: 'Community Forensics (ViT-S, 384 px)',
    version: 'ac6ee457',
    licence: 'reported MIT; read its page before you rely on it',
    homepage: 'https://huggingface.co/buildborderless/CommunityForensics-DeepfakeDet-ViT',
    url: 'https://huggingface.co/buildborderless/CommunityForensics-DeepfakeDet-ViT/resolve/ac6ee457bea904a373065754107451793b56db00/onnx/model.onnx',
    sha256: 'a42c7d740fbb345ba9a26d469b22f301d73089ce3c6da993877ed2b6965a8ba1',
    bytes: 87_442_080,
    bytesExact: true,
    claim: 'Balanced accuracy 75.8 clean, 65.9 web, 56.5 hard under Sieve’s protocol; it misses the newest generators.',
    manifest: {
      ...VIT_384,
      description: 'ViT-S trained by the Community Forensics project on many open generators.',
      input: { ...VIT_384.input, mean: [0.4815, 0.4578, 0.4082], std: [0.2686, 0.2613, 0.2758] },
      calibration: { kind: 'platt', scale: 1, bias: 0, fittedOn: 'not calibrated; the sigmoid of its own logit' },
      thresholds: { fakeAbove: 0.8, realBelow: 0.2, meaning: 'cautious defaults, not measured by us' },
    },
  },
];

export function findInCatalogue(name: string): CatalogueEntry | undefined {
  return CATALOGUE.find((entry) => entry.name === name);
}

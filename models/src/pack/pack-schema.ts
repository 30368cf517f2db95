import { BandMeasurement, FiniteNumber } from '@touchstone/shared';
import * as v from 'valibot';
import { HEAD_KINDS, type HeadKind } from '../heads/head-model.ts';

const side = v.pipe(FiniteNumber, v.integer(), v.minValue(16), v.maxValue(4096));
const pair = v.tuple([side, side]);
const triple = v.tuple([FiniteNumber, FiniteNumber, FiniteNumber]);
const finite = FiniteNumber;
const share = v.pipe(FiniteNumber, v.minValue(0), v.maxValue(1));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** A file inside the pack's own folder: no separators, so that a pack cannot point elsewhere. */
const fileName = v.pipe(v.string(), v.regex(/^[\w][\w.-]{0,127}$/));
/** Names appear in command lines, addresses and folders. */
const packName = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]{0,63}$/));

const packVersion = v.pipe(v.string(), v.regex(/^[\w][\w.+-]{0,31}$/));

/** No model that this product can run is larger, in bytes. */
export const MAX_MODEL_BYTES = 2 * 1024 * 1024 * 1024;
/** Files of external weights; exporters write one. */
const MAX_COMPANIONS = 16;
const PackFile = v.object({
  file: fileName,
  sha256,
  bytes: v.pipe(FiniteNumber, v.integer(), v.minValue(1), v.maxValue(MAX_MODEL_BYTES)),
});

const crop = v.picklist(['center', 'corners', 'five']);
/** Which part of the picture the model looks at. Meaning of each kind: packs/FORMAT.md, "Views". */
export const ViewRule = v.variant('kind', [
  v.object({
    kind: v.literal('resize-shorter'),
    side,
    crop,
    window: v.optional(pair),
    /** How the longer side becomes whole: rounded, or cut off as torchvision and Transformers do. */
    rounding: v.optional(v.picklist(['nearest', 'down'])),
  }),
  v.object({ kind: v.literal('native-crop'), crop, window: v.optional(pair) }),
  v.object({ kind: v.literal('squash') }),
]);
export type ViewRule = v.InferOutput<typeof ViewRule>;

const kernel = v.picklist([
  'nearest',
  'linear',
  'cubic',
  'mitchell',
  'lanczos2',
  'lanczos3',
  'pillow-box',
  'pillow-bilinear',
  'pillow-bicubic',
  'pillow-lanczos',
]);

export const PackInput = v.object({
  name: v.string(),
  layout: v.picklist(['NCHW', 'NHWC']),
  type: v.picklist(['float32', 'uint8']),
  range: v.tuple([v.literal(0), v.picklist([1, 255])]),
  color: v.literal('srgb-rgb'),
  /** Height, width of one view in pixels. */
  size: pair,
  mean: v.optional(triple),
  std: v.optional(triple),
  background: v.literal('white'),
  kernel,
  kernelEnlarging: kernel,
  views: v.pipe(v.array(ViewRule), v.minLength(1), v.maxLength(16)),
  combine: v.picklist(['mean-logit', 'max-logit']),
  /** A further look at pictures whose first answer is not clear; see packs/FORMAT.md, "Second look". */
  second: v.optional(
    v.object({
      view: ViewRule,
      /** Calibrated probabilities of the first answer, ends included, for which it is taken. */
      from: share,
      to: share,
      /** Shorter side of the picture, in pixels, from which on it is taken. */
      minimumSide: v.pipe(FiniteNumber, v.integer(), v.minValue(1)),
    }),
  ),
});
export type PackInput = v.InferOutput<typeof PackInput>;

export const Calibration = v.object({
  kind: v.literal('platt'),
  /** Above 0, so that a higher logit always means a higher probability. */
  scale: v.pipe(finite, v.gtValue(0)),
  bias: finite,
  fittedOn: v.string(),
});
export type Calibration = v.InferOutput<typeof Calibration>;

/** A calibrated probability that speaks for neither side. */
const HALF = 0.5;

/** Where the five words of the scale begin and end, on the calibrated probability; packs/FORMAT.md, "Thresholds". */
const Thresholds = v.pipe(
  v.object({
    fakeAbove: share,
    realBelow: share,
    /** Ends of what leans nowhere, where the evaluation gives them. */
    leansAi: v.optional(share),
    leansAuthentic: v.optional(share),
    meaning: v.string(),
  }),
  v.check(
    ({ realBelow, leansAuthentic = realBelow, leansAi = HALF, fakeAbove }) =>
      realBelow <= leansAuthentic && leansAuthentic <= HALF && HALF <= leansAi && leansAi <= fakeAbove,
    'realBelow, leansAuthentic, one half, leansAi and fakeAbove must stand in this order',
  ),
);

/** How the words of this pack and of another become one probability; packs/FORMAT.md, "Together". */
export const Together = v.object({
  /** The only file for which the numbers hold. */
  with: v.object({ name: packName, sha256 }),
  kind: v.literal('platt-2'),
  /** Of this pack's logit; above 0, so that a higher logit always means a higher probability. */
  scale: v.pipe(finite, v.gtValue(0)),
  /** Of the other pack's logit. */
  otherScale: v.pipe(finite, v.gtValue(0)),
  bias: finite,
  fittedOn: v.string(),
  thresholds: Thresholds,
  bands: v.optional(v.array(BandMeasurement)),
});
export type Together = v.InferOutput<typeof Together>;

/** Rows of tokens of one view at most, and numbers of each. */
const MAX_TOKENS = 16;
const MAX_TOKEN_WIDTH = 4096;

/** Widest square around a face that a head may ask for, in longer sides of the face's box. */
const MAX_FACE_MARGIN = 3;

/** Tokens of one view, for heads that are data. Rows of numbers, as the graph has them. */
const TokensOutput = v.object({
  name: v.string(),
  /** Rows, and numbers of each. */
  size: v.tuple([
    v.pipe(FiniteNumber, v.integer(), v.minValue(1), v.maxValue(MAX_TOKENS)),
    v.pipe(FiniteNumber, v.integer(), v.minValue(1), v.maxValue(MAX_TOKEN_WIDTH)),
  ]),
});

/** A further answer, to a face cut out of a picture: packs/FORMAT.md, "Faces". */
const FaceOutput = v.object({
  /** Output with one number a view: higher where a face shows more traces of having been blended into the picture. */
  logit: v.optional(v.string()),
  /** Instead of `logit`: a line over the tokens of a view, as data. */
  head: v.optional(v.object({ ...PackFile.entries, version: packVersion })),
  /** Side of the square around the middle of a face, in longer sides of its box. */
  margin: v.pipe(FiniteNumber, v.minValue(1), v.maxValue(MAX_FACE_MARGIN)),
  /** Shorter side of the smallest face that it was measured on, in pixels. */
  minimumSide: side,
  /** What the highest logit of a picture's faces must exceed to be told. */
  above: finite,
  meaning: v.string(),
  /** Its answer to the golden view; `golden.tolerance` holds for it too. */
  golden: finite,
});
export type FaceOutput = v.InferOutput<typeof FaceOutput>;

/** A look at the picture's own pixels where its file still holds their detail: packs/FORMAT.md, "Native look". */
const NativeOutput = v.object({
  /** A line over the tokens of a view that was cut and not resized, as data. */
  head: v.object({ ...PackFile.entries, version: packVersion }),
  /** Shorter side of the picture, in pixels, from which on it is taken. */
  minimumSide: side,
  /** Calibrated probability of the first answer from which on it is taken: below, nothing more would be said. */
  from: share,
  /** What both shares of `nativeDetail` must exceed. */
  detail: v.object({ fine: share, high: share }),
  /** The logit becomes scale x (own + share x the head's) + bias. */
  share: v.pipe(finite, v.gtValue(0)),
  scale: v.pipe(finite, v.gtValue(0)),
  bias: finite,
  meaning: v.string(),
  /** The head's answer to the golden view; `golden.tolerance` holds for it too. */
  golden: finite,
});
export type NativeOutput = v.InferOutput<typeof NativeOutput>;

const [SINGLE_BYTES, HALF_BYTES] = [4, 2];

/** Bytes of the file of published real pictures. @param size features of a picture */
export const publishedBytes = (pictures: number, conditions: number, size: number): number =>
  conditions * pictures * (SINGLE_BYTES + size * HALF_BYTES);

/** Real photographs of one pack, and conditions that they were looked at under. */
const [MAX_PUBLISHED, MAX_CONDITIONS] = [10_000, 8];

/** What the graph saw in real photographs, so that a head taught on it can be held to them; packs/FORMAT.md, "Published real pictures". */
const Published = v.object({
  ...PackFile.entries,
  /** SHA-256 of the ONNX file whose features and logits these are: another graph's say nothing. */
  graph: sha256,
  /** Photographs, each under every condition. */
  pictures: v.pipe(FiniteNumber, v.integer(), v.minValue(1), v.maxValue(MAX_PUBLISHED)),
  conditions: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(MAX_CONDITIONS)),
  meaning: v.string(),
});
export type Published = v.InferOutput<typeof Published>;

const IDENTITY = {
  name: packName,
  version: packVersion,
  licence: v.string(),
  description: v.string(),
  tier: v.picklist(['quick', 'thorough']),
  task: v.literal('ai-image'),
};

/** What becomes of the logit, and what proves it right. */
const MEANING = {
  calibration: Calibration,
  thresholds: Thresholds,
  /** What each band of probability was worth on the evaluation set. */
  bands: v.optional(v.array(BandMeasurement)),
  minimumSide: v.pipe(FiniteNumber, v.integer(), v.minValue(1)),
  golden: v.object({ input: v.string(), logit: finite, tolerance: v.pipe(finite, v.gtValue(0), v.maxValue(1)) }),
  card: fileName,
};

/**
 * Longest file of a head of each kind, in bytes: 8,192 numbers in words of 24 signs are 200 kB; 128 units of 8,192 features in single
 * precision are 6 MB; 10,000 pictures of 1,280 features in half precision are 35 MB.
 */
export const MAX_HEAD_BYTES: Readonly<Record<HeadKind, number>> = {
  logistic: 256 * 1024,
  correction: 256 * 1024,
  perceptron: 8 * 1024 * 1024,
  neighbours: 64 * 1024 * 1024,
};

/** Heads that are lines over the tokens of a graph. */
const tokenHeadsOf = ({
  face,
  native,
}: {
  readonly face?: FaceOutput | undefined;
  readonly native?: NativeOutput | undefined;
}): readonly PackFile[] => [...(face?.head ? [face.head] : []), ...(native ? [native.head] : [])];

/** Files of a graph's pack: its model, its further heads, and what it saw in published real pictures. */
const graphFilesOf = ({
  model,
  output,
  published,
}: {
  readonly model: PackFile & { readonly companions: readonly PackFile[] };
  readonly output: { readonly face?: FaceOutput | undefined; readonly native?: NativeOutput | undefined };
  readonly published?: PackFile | undefined;
}): readonly PackFile[] => [model, ...model.companions, ...tokenHeadsOf(output), ...(published ? [published] : [])];

/** `pack.json`, format 2 of packs/FORMAT.md. */
export const PackManifest = v.pipe(
  v.object({
    format: v.literal(2),
    ...IDENTITY,
    model: v.object({
      ...PackFile.entries,
      opset: v.pipe(FiniteNumber, v.integer()),
      /** Further files the ONNX file refers to, such as external weights. */
      companions: v.optional(v.pipe(v.array(PackFile), v.maxLength(MAX_COMPANIONS)), () => []),
    }),
    input: PackInput,
    output: v.object({
      logit: v.string(),
      /** Two classes instead of one logit: the logit is that of class `ai` less the other. */
      classes: v.optional(v.object({ count: v.literal(2), ai: v.picklist([0, 1]) })),
      embedding: v.optional(v.object({ name: v.string(), size: v.pipe(FiniteNumber, v.integer(), v.minValue(1)) })),
      patches: v.optional(
        v.object({ name: v.string(), grid: v.tuple([FiniteNumber, FiniteNumber]), meaning: v.string() }),
      ),
      tokens: v.optional(TokensOutput),
      face: v.optional(FaceOutput),
      native: v.optional(NativeOutput),
    }),
    ...MEANING,
    together: v.optional(Together),
    published: v.optional(Published),
  }),
  v.check((manifest) => {
    const names = ['pack.json', manifest.card, ...graphFilesOf(manifest).map(({ file }) => file)];
    return new Set(names.map((name) => name.toLowerCase())).size === names.length;
  }, 'pack.json, card and the files of the model must have different names'),
  v.check(
    ({ output: { face } }) => !face || (face.logit === undefined) !== (face.head === undefined),
    'output.face: either the graph answers (logit) or a head does (head)',
  ),
  v.check(
    ({ output }) => tokenHeadsOf(output).length === 0 || output.tokens !== undefined,
    'output: a head for faces or native looks needs the tokens of the graph (output.tokens)',
  ),
  v.check(
    ({ output }) => tokenHeadsOf(output).every(({ bytes }) => bytes <= MAX_HEAD_BYTES.logistic),
    `output: a head for faces or native looks has at most ${MAX_HEAD_BYTES.logistic} bytes`,
  ),
  v.check(
    ({ input, output: { native } }) =>
      !native || (!input.second && input.size[0] === input.size[1] && native.minimumSide >= input.size[0]),
    'output.native: views are square and no larger than minimumSide, and it is the only further look (no input.second)',
  ),
  v.check(
    ({ published, model }) => published === undefined || published.graph === model.sha256,
    'published: its numbers are of another graph than model.sha256',
  ),
  v.check(
    ({ published, output: { embedding } }) =>
      published === undefined ||
      (embedding !== undefined &&
        published.bytes === publishedBytes(published.pictures, published.conditions.length, embedding.size)),
    'published.bytes: not those of so many pictures, conditions and features',
  ),
  v.check(
    ({ input }) =>
      [...input.views, ...(input.second ? [input.second.view] : [])].every(
        (rule) => rule.kind !== 'resize-shorter' || rule.side >= Math.max(...input.size),
      ),
    'a view must not be resized to less than input.size',
  ),
  v.check(
    (pack) => pack.input.type === 'float32' || (pack.input.range[1] === 255 && !pack.input.mean && !pack.input.std),
    'uint8 input takes plain bytes: range [0, 255], no mean or std',
  ),
  v.check(
    (pack) => Boolean(pack.input.mean) === Boolean(pack.input.std) && !pack.input.std?.includes(0),
    'mean and std go together, and std is never 0',
  ),
);
export type PackManifest = v.InferOutput<typeof PackManifest>;

/** `pack.json`, format 3 of packs/FORMAT.md: another last layer on the graph of a pack of format 2. */
export const HeadManifest = v.pipe(
  v.object({
    format: v.literal(3),
    ...IDENTITY,
    head: v.object({
      /** `correction` is added to the logit of the base; the others stand alone. */
      kind: v.picklist(HEAD_KINDS),
      ...PackFile.entries,
      /** The one graph whose embedding it reads. */
      base: v.object({ name: packName, version: packVersion, sha256 }),
    }),
    ...MEANING,
  }),
  v.check(
    ({ head }) => head.bytes <= MAX_HEAD_BYTES[head.kind],
    ({ input: { head } }) => `head.bytes: a ${head.kind} head has at most ${MAX_HEAD_BYTES[head.kind]} bytes`,
  ),
  v.check(
    ({ head, card }) => new Set(['pack.json', card, head.file].map((name) => name.toLowerCase())).size === 3,
    'pack.json, card and the file of the head must have different names',
  ),
);
export type HeadManifest = v.InferOutput<typeof HeadManifest>;

/** A file that a pack names. */
export type PackFile = v.InferOutput<typeof PackFile>;

/** Files that belong to a pack beside pack.json and card. */
export function filesOf(manifest: PackManifest | HeadManifest): readonly PackFile[] {
  if (manifest.format === 3) return [manifest.head];
  return graphFilesOf(manifest);
}

import { FiniteNumber, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';

/**
 * Reads the two descriptions that lie beside an ONNX image classifier exported from Hugging Face Transformers
 * (`config.json`, `preprocessor_config.json`) and turns them into the parts of a pack that they determine. What is not
 * understood is refused: a model behind the wrong preprocessing gives confident nonsense.
 */

const Edge = v.pipe(FiniteNumber, v.integer(), v.minValue(16), v.maxValue(4096));
const Size = v.union([Edge, v.object({ shortest_edge: Edge }), v.object({ height: Edge, width: Edge })]);

const Preprocessor = v.object({
  image_processor_type: v.optional(v.string()),
  feature_extractor_type: v.optional(v.string()),
  do_resize: v.optional(v.boolean(), true),
  size: v.optional(Size, 224),
  /** Pillow's numbers: 0 nearest, 1 Lanczos, 2 bilinear, 3 bicubic, 4 box. */
  resample: v.optional(v.picklist([0, 1, 2, 3, 4]), 2),
  do_center_crop: v.optional(v.boolean(), false),
  crop_size: v.optional(Size),
  crop_pct: v.optional(v.nullable(v.pipe(FiniteNumber, v.minValue(0.1), v.maxValue(1)))),
  do_rescale: v.optional(v.boolean(), true),
  rescale_factor: v.optional(FiniteNumber, 1 / 255),
  rescale_offset: v.optional(v.boolean(), false),
  do_normalize: v.optional(v.boolean(), true),
  image_mean: v.optional(v.tuple([FiniteNumber, FiniteNumber, FiniteNumber])),
  image_std: v.optional(v.tuple([FiniteNumber, FiniteNumber, FiniteNumber])),
});

const Config = v.object({
  architectures: v.optional(v.array(v.string())),
  num_labels: v.optional(FiniteNumber),
  id2label: v.optional(v.record(v.string(), v.string())),
});

const AI_WORDS = /(^|[^a-z])(ai|fake|artificial|generated|synthetic|deepfake|machine|gan|diffusion)([^a-z]|$)/i;
const REAL_WORDS = /(^|[^a-z])(real|human|hum|authentic|natural|camera|genuine|photo|realism|nature)([^a-z]|$)/i;
const KERNELS = { 1: 'pillow-lanczos', 2: 'pillow-bilinear', 3: 'pillow-bicubic', 4: 'pillow-box' } as const;

export interface FolderDescription {
  readonly description: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** How the outputs become one logit: which of two classes means AI, or a single logit. */
  readonly classes: { readonly count: 2; readonly ai: 0 | 1 } | undefined;
}

function refuse(detail: string): never {
  throw new TouchstoneError('pack-invalid', detail);
}

function parse<const Schema extends v.GenericSchema>(
  schema: Schema,
  data: unknown,
  file: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, data);
  if (result.success) return result.output;
  return refuse(`${file}, ${v.getDotPath(result.issues[0]) ?? 'as a whole'}: ${result.issues[0].message}`);
}

/** @returns which output means AI. @throws TouchstoneError `pack-invalid` where the labels do not say */
function classesOf(config: v.InferOutput<typeof Config>): FolderDescription['classes'] {
  const labels = Object.entries(config.id2label ?? {}).sort(([left], [right]) => Number(left) - Number(right));
  const count = labels.length || config.num_labels || 0;
  if (count === 1) return undefined;
  if (count !== 2)
    refuse(`config.json: the model has ${count || 'unnamed'} classes; one logit or two classes are understood`);
  const [first = '', second = ''] = labels.map(([, label]) => label);
  const ai = [first, second].map((label) => AI_WORDS.test(label) && !REAL_WORDS.test(label));
  const real = [first, second].map((label) => REAL_WORDS.test(label) && !AI_WORDS.test(label));
  if ((ai[0] || real[1]) && !ai[1] && !real[0]) return { count: 2, ai: 0 };
  if ((ai[1] || real[0]) && !ai[0] && !real[1]) return { count: 2, ai: 1 };
  return refuse(
    `config.json: cannot tell which of "${first}" and "${second}" means generated; write a pack.json by hand`,
  );
}

function square(size: v.InferOutput<typeof Size> | undefined): [number, number] | undefined {
  if (size === undefined) return undefined;
  if (typeof size === 'number') return [size, size];
  return 'shortest_edge' in size ? [size.shortest_edge, size.shortest_edge] : [size.height, size.width];
}

function viewsOf(rules: v.InferOutput<typeof Preprocessor>): { views: unknown[]; size: [number, number] } {
  if (!rules.do_resize) {
    const size = square(rules.crop_size);
    if (rules.do_center_crop && size) return { views: [{ kind: 'native-crop', crop: 'center' }], size };
    return refuse('preprocessor_config.json: neither resized nor cropped, so the input size is unknown');
  }
  const type = rules.image_processor_type ?? rules.feature_extractor_type ?? '';
  const edge =
    typeof rules.size === 'number' ? rules.size : 'shortest_edge' in rules.size ? rules.size.shortest_edge : 0;
  if (type.startsWith('ConvNext') && edge > 0) {
    // ConvNextImageProcessor: below 384 the shorter side becomes size / crop_pct, then a centre crop; from 384 it is squashed.
    if (edge >= 384) return { views: [{ kind: 'squash' }], size: [edge, edge] };
    const side = Math.trunc(edge / (rules.crop_pct ?? 224 / 256));
    return { views: [{ kind: 'resize-shorter', side, crop: 'center', rounding: 'down' }], size: [edge, edge] };
  }
  const crop = rules.do_center_crop ? square(rules.crop_size) : undefined;
  if (edge > 0 && crop)
    return { views: [{ kind: 'resize-shorter', side: edge, crop: 'center', rounding: 'down' }], size: crop };
  const fixed = square(rules.size);
  if (typeof rules.size === 'object' && 'shortest_edge' in rules.size) {
    return refuse('preprocessor_config.json: shortest_edge without a centre crop gives inputs of many sizes');
  }
  if (crop && fixed && (crop[0] !== fixed[0] || crop[1] !== fixed[1])) {
    return refuse('preprocessor_config.json: a fixed size followed by another crop is not understood');
  }
  return { views: [{ kind: 'squash' }], size: fixed ?? [224, 224] };
}

/**
 * @param configJson parsed `config.json`
 * @param preprocessorJson parsed `preprocessor_config.json`
 * @throws TouchstoneError `pack-invalid`; `detail` names the file, the entry and what to do
 */
export function describeHuggingFaceFolder(configJson: unknown, preprocessorJson: unknown): FolderDescription {
  const config = parse(Config, configJson, 'config.json');
  const rules = parse(Preprocessor, preprocessorJson, 'preprocessor_config.json');
  if (rules.resample === 0) refuse('preprocessor_config.json: nearest-neighbour resampling is not supported');
  if (rules.rescale_offset) refuse('preprocessor_config.json: rescale_offset is not supported');
  if (rules.do_rescale && Math.abs(rules.rescale_factor * 255 - 1) > 1e-6) {
    refuse(`preprocessor_config.json: rescale_factor ${rules.rescale_factor} is not 1/255`);
  }
  const { views, size } = viewsOf(rules);
  const kernel = KERNELS[rules.resample as keyof typeof KERNELS];
  if (rules.do_normalize && !(rules.image_mean && rules.image_std)) {
    refuse('preprocessor_config.json: do_normalize without image_mean and image_std');
  }
  return {
    description: `Image classifier (${config.architectures?.[0] ?? 'unknown architecture'}) installed from a folder.`,
    input: {
      layout: 'NCHW',
      type: 'float32',
      range: rules.do_rescale ? [0, 1] : [0, 255],
      color: 'srgb-rgb',
      size,
      background: 'white',
      kernel,
      kernelEnlarging: kernel,
      views,
      combine: 'mean-logit',
      ...(rules.do_normalize ? { mean: rules.image_mean, std: rules.image_std } : {}),
    },
    classes: classesOf(config),
  };
}

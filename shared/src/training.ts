import * as v from 'valibot';
import { ErrorReport } from './error-report.ts';
import { ERROR_CODES } from './errors.ts';
import { Evidence } from './evidence.ts';
import { FiniteNumber } from './finite-number.ts';
import { openCode } from './open-code.ts';

/** Pictures of one data set, at most. */
export const MAX_DATASET_ITEMS = 10_000;
/** Bytes of an uploaded data set, and of everything in it, at most. */
export const MAX_DATASET_BYTES = 2 * 1024 * 1024 * 1024;
/** Below so many of a class nothing is said of which pack is better. */
export const ENOUGH_PICTURES = 50;

export const TRAINING_STATES = ['pending', 'processing', 'completed', 'failed', 'cancelled'] as const;
export const TrainingState = v.picklist(TRAINING_STATES);
export type TrainingState = v.InferOutput<typeof TrainingState>;
export const TRAINING_STAGES = ['loading', 'embedding', 'training', 'evaluating'] as const;
export const TrainingStage = v.picklist(TRAINING_STAGES);
export type TrainingStage = v.InferOutput<typeof TrainingStage>;

/** What a person or a folder says a picture is. */
export const Truth = v.picklist(['ai', 'real']);
export type Truth = v.InferOutput<typeof Truth>;

/** Where a data set came from; `demo` is the packaged one: photographs against renderings of this project's own. */
export const DATASET_SOURCES = ['labels', 'folder', 'csv', 'upload', 'demo'] as const;

const share = v.pipe(FiniteNumber, v.minValue(0), v.maxValue(1));

/** A work that goes on in the background and outlasts the companion. */
const PROGRESS = {
  id: v.string(),
  state: TrainingState,
  /** What is being done; only while it is processed. */
  stage: v.nullable(TrainingStage),
  /** Share of that stage, where it can be told. */
  progress: v.nullable(share),
  /** Until the end of that stage, at the speed so far. */
  secondsLeft: v.nullable(FiniteNumber),
  /** Milliseconds since 1970, as all times here. */
  createdAt: FiniteNumber,
  endedAt: v.nullable(FiniteNumber),
  error: v.nullable(ErrorReport),
};

/** A picture that something is said about. */
export const NamedItem = v.object({
  item: FiniteNumber,
  name: v.string(),
  truth: Truth,
  /** In English, where there is an error. */
  why: v.nullable(v.string()),
  /** Of that error. */
  code: v.optional(openCode(ERROR_CODES)),
});
export type NamedItem = v.InferOutput<typeof NamedItem>;

/** What is in a data set, before anything is taught. */
export const DatasetSummary = v.object({
  ai: FiniteNumber,
  real: FiniteNumber,
  /** Groups that stay on one side: near copies, and what shares a site or a folder. */
  groups: FiniteNumber,
  /** Near copies of another picture of the set. */
  duplicates: FiniteNumber,
  /** Near copies that are called the opposite. */
  contradictory: FiniteNumber,
  unreadable: FiniteNumber,
  /** Labelled records of which neither the picture nor what the pack saw in it is kept. */
  leftOut: FiniteNumber,
  /** Of which the unmodified pack is sure of the opposite. */
  doubtful: FiniteNumber,
  /** At least 50 of each class can be read. */
  enough: v.boolean(),
  /** Whether a part can be set aside to test, so that no group stands on both sides. */
  testable: v.boolean(),
  /** The first of each kind. */
  unreadableItems: v.array(NamedItem),
  doubtfulItems: v.array(NamedItem),
});
export type DatasetSummary = v.InferOutput<typeof DatasetSummary>;

export const Dataset = v.object({
  ...PROGRESS,
  name: v.string(),
  from: v.picklist(DATASET_SOURCES),
  items: FiniteNumber,
  /** Of these, those whose records were deleted from the history since: nothing of them is left. */
  removed: FiniteNumber,
  /** `name@version` of the pack whose features are taken. */
  base: v.string(),
  /** Once it is completed. */
  summary: v.nullable(DatasetSummary),
});
export type Dataset = v.InferOutput<typeof Dataset>;

/** Where the pictures of a data set lie in two dimensions: what a pack sees alike lies near each other. */
export const DatasetMap = v.object({
  /** It is made when somebody asks for it first. */
  state: v.picklist(['pending', 'completed', 'failed']),
  error: v.nullable(ErrorReport),
  points: v.array(
    v.object({
      item: FiniteNumber,
      name: v.string(),
      truth: Truth,
      /** Both fill 0..1, and mean nothing of their own. */
      x: share,
      y: share,
      /** Probability that it is AI by the unmodified pack. */
      unmodified: share,
    }),
  ),
});
export type DatasetMap = v.InferOutput<typeof DatasetMap>;

/** What may be taught on a pack's features. */
export const TAUGHT_MODELS = ['logistic', 'neighbours', 'perceptron'] as const;
export const TaughtModel = v.picklist(TAUGHT_MODELS);
export type TaughtModel = v.InferOutput<typeof TaughtModel>;

/** A hyper-parameter: its ends, what it is by default (null: chosen by cross-validation over sources), and the models that have it. */
interface Hyperparameter {
  readonly least: number;
  readonly most: number;
  readonly default: number | null;
  readonly whole: boolean;
  readonly models: readonly TaughtModel[];
}
/** Seeds are 32 bits. */
const MAX_SEED = 2 ** 32 - 1;

export const HYPERPARAMETERS = {
  /** Inverse strength of the penalty on standardised features, as scikit-learn's `C`: smaller stays closer to where it began. */
  penalty: { least: 1e-7, most: 100, default: null, whole: false, models: ['logistic', 'perceptron'] },
  /** Nearest pictures that are asked. */
  neighbours: { least: 1, most: 100, default: null, whole: true, models: ['neighbours'] },
  /** Units of the hidden layer. */
  hidden: { least: 1, most: 128, default: null, whole: true, models: ['perceptron'] },
  /** Share of the pictures that tests and teaches nothing. */
  testShare: { least: 0.1, most: 0.5, default: 0.25, whole: false, models: TAUGHT_MODELS },
  /** Of every choice by chance: the same seed and pictures give the same pack. */
  seed: { least: 0, most: MAX_SEED, default: 1, whole: true, models: TAUGHT_MODELS },
} as const satisfies Record<string, Hyperparameter>;
export type HyperparameterName = keyof typeof HYPERPARAMETERS;

function hyperparameter({ least, most, whole }: Hyperparameter) {
  return v.pipe(
    FiniteNumber,
    v.minValue(least),
    v.maxValue(most),
    v.check((value) => !whole || Number.isInteger(value), 'must be a whole number'),
  );
}
const automatic = (given: Hyperparameter) => v.optional(v.nullable(hyperparameter(given)), null);

const PackName = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]{0,63}$/));

export const TrainingSettings = v.strictObject({
  /** Of the pack that comes of it. */
  name: v.optional(PackName, 'mine'),
  /** `logistic`: one weight a feature; `neighbours`: the nearest pictures vote; `perceptron`: one hidden layer. */
  model: v.optional(TaughtModel, 'logistic'),
  /** `base` is added to what the unmodified pack says, and stays close to it; `scratch` forgets what it said. */
  start: v.optional(v.picklist(['base', 'scratch']), 'base'),
  /** Null, here and below: chosen by cross-validation over sources. */
  penalty: automatic(HYPERPARAMETERS.penalty),
  neighbours: automatic(HYPERPARAMETERS.neighbours),
  hidden: automatic(HYPERPARAMETERS.hidden),
  testShare: v.optional(hyperparameter(HYPERPARAMETERS.testShare), HYPERPARAMETERS.testShare.default),
  seed: v.optional(hyperparameter(HYPERPARAMETERS.seed), HYPERPARAMETERS.seed.default),
});
export type TrainingSettings = v.InferOutput<typeof TrainingSettings>;

export const Training = v.object({
  ...PROGRESS,
  dataset: v.string(),
  datasetName: v.string(),
  settings: TrainingSettings,
  base: v.string(),
  /** `name@version` of the pack that came of it; only when completed. */
  pack: v.nullable(v.string()),
  /** Whether that pack is in use now. */
  inUse: v.boolean(),
  /** Whether that pack cannot be used because the version that it was taught on is not installed any more: `base-missing`. */
  baseMissing: v.optional(v.boolean(), false),
});
export type Training = v.InferOutput<typeof Training>;

const Interval = v.object({ low: FiniteNumber, high: FiniteNumber });
const Confusion = v.object({
  truePositives: FiniteNumber,
  falsePositives: FiniteNumber,
  trueNegatives: FiniteNumber,
  falseNegatives: FiniteNumber,
});

/** How a pack did on the pictures that tested. Positive is "made by a generator". */
export const PackMeasurement = v.object({
  pack: v.string(),
  accuracy: share,
  balancedAccuracy: share,
  /** Area under the ROC curve, with its 95 % interval over sources. */
  area: share,
  areaInterval: Interval,
  calibrationError: FiniteNumber,
  /** At a probability of one half. */
  confusion: Confusion,
  /** Real pictures above the pack's own threshold for "likely AI", as a share. */
  falseAccusations: share,
  /** That threshold. */
  fakeAbove: share,
  roc: v.array(v.object({ threshold: share, falsePositiveRate: share, truePositiveRate: share })),
  /** Bins of probability: their mean, and the share that a generator made; null where there are none. */
  reliability: v.array(
    v.object({
      from: share,
      to: share,
      items: FiniteNumber,
      probability: v.nullable(share),
      share: v.nullable(share),
    }),
  ),
});
export type PackMeasurement = v.InferOutput<typeof PackMeasurement>;

export const TrainingVerdict = v.picklist(['better', 'no-better', 'too-few']);
export type TrainingVerdict = v.InferOutput<typeof TrainingVerdict>;

/** Hyper-parameters as they were taken; null for what the model has not. */
const CHOSEN = {
  penalty: v.nullable(FiniteNumber),
  neighbours: v.nullable(FiniteNumber),
  hidden: v.nullable(FiniteNumber),
};

export const TrainingResult = v.object({
  training: v.string(),
  pack: v.string(),
  base: v.string(),
  verdict: TrainingVerdict,
  /** The same in English. */
  sentence: v.string(),
  trained: FiniteNumber,
  tested: FiniteNumber,
  /** Null where nothing could be set aside to test. */
  own: v.nullable(PackMeasurement),
  unmodified: v.nullable(PackMeasurement),
  /** 95 % interval of the area of the new pack less that of the unmodified one. */
  difference: v.nullable(Interval),
  model: TaughtModel,
  ...CHOSEN,
  /** Settings that were tried, with the mean log loss on what was held out. */
  tried: v.array(v.object({ ...CHOSEN, loss: FiniteNumber })),
  fakeAbove: share,
  /** Whether "likely AI" was held to real pictures that were published with the base pack. */
  heldToPublished: v.boolean(),
  /** Looks at these, and how many of them each pack calls likely AI; null where there are none. */
  published: v.optional(
    v.nullable(v.object({ pictures: FiniteNumber, own: FiniteNumber, unmodified: FiniteNumber })),
    null,
  ),
});
export type TrainingResult = v.InferOutput<typeof TrainingResult>;

/** Reasons of a prediction at most. */
export const MOST_REASONS = 4;

/** Why a picture is called what it is called. */
export const TrainingReason = v.variant('kind', [
  /** What the file says of how it was made. */
  v.object({ kind: v.literal('evidence'), evidence: Evidence }),
  /** A picture that taught, with its cosine distance: 0 the same. */
  v.object({ kind: v.literal('picture'), item: FiniteNumber, name: v.string(), truth: Truth, distance: FiniteNumber }),
]);
export type TrainingReason = v.InferOutput<typeof TrainingReason>;

/** What the new pack says of one picture, and why. */
export const TrainingPrediction = v.object({
  item: FiniteNumber,
  /** Empty where its record was deleted since. */
  name: v.string(),
  /** Of the record that was labelled, where it comes from the history. */
  recordId: v.nullable(v.string()),
  truth: Truth,
  part: v.picklist(['train', 'test']),
  said: Truth,
  probabilities: v.object({ ai: share, real: share }),
  /** Probability that it is AI by the unmodified pack. */
  unmodified: share,
  /** The strongest first: what the file says of itself, then the nearest pictures that taught. None where its record was deleted. */
  reasons: v.pipe(v.array(TrainingReason), v.maxLength(MOST_REASONS)),
});
export type TrainingPrediction = v.InferOutput<typeof TrainingPrediction>;

import * as v from 'valibot';
import { FiniteNumber } from '../finite-number.ts';
import { MAX_TITLE_LENGTH } from '../limits.ts';
import { MAX_DATASET_BYTES, TaughtModel, TrainingSettings } from '../training.ts';
import { json, type RouteGroup } from './route.ts';
import { BEGIN_ERRORS, TrainingParams } from './v1/trainings.ts';

/** Other names of the models that can be taught, in the words of the founding documents and of scikit-learn. */
const MODEL_NAMES = {
  logistic_regression: 'logistic',
  linear_regression: 'logistic',
  knn: 'neighbours',
  mlp: 'perceptron',
  deep_learning: 'perceptron',
} as const satisfies Record<string, TaughtModel>;

/** `logistic`, `neighbours` or `perceptron`, or one of their other names. */
const ModelType = v.union([
  TaughtModel,
  v.pipe(
    v.picklist(Object.keys(MODEL_NAMES) as (keyof typeof MODEL_NAMES)[]),
    v.transform((name) => MODEL_NAMES[name]),
  ),
]);

const { penalty, neighbours, hidden, testShare, seed, start, name } = TrainingSettings.entries;

/** In scikit-learn's words; what is left out is chosen by cross-validation over sources, or stands at its default. */
export const CustomHyperparameters = v.strictObject({
  C: penalty,
  n_neighbors: neighbours,
  /** One layer. */
  hidden_layers: v.optional(v.nullable(v.strictTuple([v.unwrap(v.unwrap(hidden))])), null),
  test_size: testShare,
  random_state: seed,
  /** `base` corrects the unmodified pack, `scratch` forgets it. */
  start,
  /** Of the pack that comes of it. */
  name,
});

/** JSON, or the fields of a form; a form has `hyperparameters` as JSON text, and may bring `training_file` and `testing_file`. */
export const CustomTrainRequest = v.strictObject({
  model_type: ModelType,
  /** `user`: the zips of the form; `labels`: what was labelled in the history; `demo`: the packaged set; `dataset`: one that is there. */
  data_source: v.picklist(['user', 'labels', 'demo', 'dataset']),
  /** Id or name of a data set; for the others the name that it gets. */
  dataset_name: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_TITLE_LENGTH))),
  hyperparameters: v.optional(CustomHyperparameters, () => ({})),
});
export type CustomTrainRequest = v.InferOutput<typeof CustomTrainRequest>;

export const CustomTraining = v.object({
  success: v.literal(true),
  /** Id of the training under /v1/trainings. */
  session_id: v.string(),
  message: v.string(),
});

export const CustomProgress = v.object({
  success: v.literal(true),
  /** Percent of everything: pictures looked at, taught and measured. */
  progress: v.pipe(FiniteNumber, v.minValue(0), v.maxValue(100)),
  /** For people, in English; what went wrong, where it did. */
  current_step: v.string(),
  status: v.picklist(['running', 'completed', 'error']),
});
export type CustomProgress = v.InferOutput<typeof CustomProgress>;

const share = v.pipe(FiniteNumber, v.minValue(0), v.maxValue(1));
/** What a picture is called. */
const ClassName = v.picklist(['AI', 'Real']);

export const CustomResult = v.object({
  success: v.literal(true),
  /** On the pictures that taught nothing; null where none could be set aside. Positive is AI. */
  metrics: v.nullable(
    v.object({
      accuracy: share,
      f1_score: share,
      precision: share,
      recall: share,
      /** A row a truth, a column a word, real before AI. */
      confusion_matrix: v.tuple([v.tuple([FiniteNumber, FiniteNumber]), v.tuple([FiniteNumber, FiniteNumber])]),
    }),
  ),
  /** Of those pictures; of all where none could be set aside. */
  predictions: v.array(
    v.object({
      id: FiniteNumber,
      name: v.string(),
      prediction: ClassName,
      /** Probability of the class that is named. */
      confidence: share,
      probabilities: v.object({ AI: share, Real: share }),
      /** How much each reason says: likeness of a picture, or strength of evidence, 0..1. */
      feature_importance: v.record(v.string(), share),
      reasons: v.array(v.string()),
    }),
  ),
  model_info: v.object({
    model_type: TaughtModel,
    dataset_used: v.string(),
    /** Seconds from being asked to the end. */
    training_time: FiniteNumber,
    /** Features of the pack that it stands on. */
    feature_count: v.nullable(FiniteNumber),
    /** `name@version` of what came of it. */
    pack: v.string(),
  }),
});
export type CustomResult = v.InferOutput<typeof CustomResult>;

/** Addresses and shapes of the founding documents: other words for data sets and trainings of /v1, with the same tokens. */
export const trainingAliases = {
  train: {
    method: 'POST',
    path: '/api/custom/train',
    access: 'train',
    summary: 'Begins a training, as `POST /v1/datasets` and `/v1/trainings`: JSON, or a form with zips of pictures.',
    body: { kind: 'file', maxBytes: MAX_DATASET_BYTES },
    answer: json(CustomTraining, 202),
    errors: ['not-found', ...BEGIN_ERRORS],
  },
  progress: {
    method: 'GET',
    path: '/api/custom/progress/:id',
    access: 'train',
    summary: 'How far a training is, in percent, as `GET /v1/trainings/:id`.',
    params: TrainingParams,
    answer: json(CustomProgress),
    errors: ['not-found'],
  },
  result: {
    method: 'GET',
    path: '/api/custom/result/:id',
    access: 'train',
    summary:
      'What came of a training, with every tested picture, as `GET /v1/trainings/:id/result` and `/predictions`.',
    params: TrainingParams,
    answer: json(CustomResult),
    errors: ['not-found'],
  },
} as const satisfies RouteGroup;

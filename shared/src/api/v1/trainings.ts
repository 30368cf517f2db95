import * as v from 'valibot';
import { FiniteNumber } from '../../finite-number.ts';
import { MAX_TITLE_LENGTH } from '../../limits.ts';
import {
  Dataset,
  DatasetMap,
  MAX_DATASET_BYTES,
  MAX_DATASET_ITEMS,
  Training,
  TrainingPrediction,
  TrainingResult,
  TrainingSettings,
  Truth,
} from '../../training.ts';
import { GivenPack } from '../checks.ts';
import { GivenId } from '../given-id.ts';
import { type Access, json, jsonBody, optionalJsonBody, PICTURE, type RouteGroup } from '../route.ts';
import { FOUND_ERRORS, LOG_ERRORS, WORK_ERRORS } from '../route-errors.ts';
import { PAGE_QUERY, queryNumber } from './query.ts';

const name = v.pipe(v.string(), v.trim(), v.maxLength(MAX_TITLE_LENGTH));
/** Longest path of a folder, in characters. */
const MAX_PATH = 4096;
/** Data sets or trainings of one computer that are listed. */
const MAX_LIST = 1_000;

export const TrainingParams = v.object({ id: GivenId });
export const DatasetPictureParams = v.object({
  id: GivenId,
  item: queryNumber(0, MAX_DATASET_ITEMS),
});

export const NewDatasetQuery = v.strictObject({
  name: v.optional(name),
  /** Pack by name or `name@version` whose features are taken; without it the one that settles what a person asks about. */
  base: v.optional(GivenPack),
  /** Joins the packaged demo set to it. */
  demo: v.optional(v.picklist(['true', 'false']), 'false'),
});
const joinsDemo = v.optional(v.boolean(), false);
export const LabelsDatasetRequest = v.strictObject({
  name: v.optional(name),
  base: v.optional(GivenPack),
  demo: joinsDemo,
});
export const DemoDatasetRequest = v.strictObject({ name: v.optional(name), base: v.optional(GivenPack) });
export const FolderDatasetRequest = v.strictObject({
  /** Absolute path of a folder with `ai` and `real` in it, or of a CSV file. */
  path: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_PATH)),
  name: v.optional(name),
  base: v.optional(GivenPack),
  demo: joinsDemo,
});
export const TruthRequest = v.strictObject({
  /** Their places in the data set. */
  items: v.pipe(
    v.array(v.pipe(FiniteNumber, v.integer(), v.minValue(0), v.maxValue(MAX_DATASET_ITEMS))),
    v.minLength(1),
    v.maxLength(MAX_DATASET_ITEMS),
  ),
  truth: Truth,
});
export const DatasetList = v.object({ datasets: v.pipe(v.array(Dataset), v.maxLength(MAX_LIST)) });

export const NewTrainingRequest = v.strictObject({
  dataset: GivenId,
  settings: v.optional(TrainingSettings, () => ({})),
});
export type NewTrainingRequest = v.InferOutput<typeof NewTrainingRequest>;
export const TrainingList = v.object({ trainings: v.pipe(v.array(Training), v.maxLength(MAX_LIST)) });

export const PredictionQuery = v.strictObject({
  ...PAGE_QUERY,
  part: v.optional(v.picklist(['train', 'test'])),
  truth: v.optional(v.picklist(['ai', 'real'])),
  said: v.optional(v.picklist(['ai', 'real'])),
});
export const TrainingPredictionPage = v.object({
  predictions: v.array(TrainingPrediction),
  /** Cursor of the next page; null at the end. */
  next: v.nullable(v.string()),
  /** Predictions that match. */
  total: FiniteNumber,
});

export const BEGIN_ERRORS = [
  'dataset-unusable',
  'file-unreadable',
  'pack-unknown',
  'pack-invalid',
  'empty-file',
  ...WORK_ERRORS,
  ...LOG_ERRORS,
] as const;

/** Where programs find them, and where the history page does. */
type TeachBase = '/v1' | '/api/teach';

/** Data sets, below one address and for one kind of caller. @__NO_SIDE_EFFECTS__ */
export const datasetRoutes = <const Who extends Access>(base: TeachBase, access: Who) =>
  ({
    create: {
      method: 'POST',
      path: `${base}/datasets`,
      access,
      summary:
        'Takes pictures to teach from: a zip with folders `ai` and `real`; a form with parts named `ai` and `real`; or a folder as a form, parts named `picture` with their paths, and a CSV file named `labels` where no folders tell.',
      query: NewDatasetQuery,
      body: { kind: 'file', maxBytes: MAX_DATASET_BYTES },
      answer: json(Dataset, 202),
      errors: BEGIN_ERRORS,
    },
    fromLabels: {
      method: 'POST',
      path: `${base}/datasets/labels`,
      access,
      summary: 'Takes the pictures of the history that a person labelled real or fake.',
      body: optionalJsonBody(LabelsDatasetRequest),
      answer: json(Dataset, 202),
      errors: BEGIN_ERRORS,
    },
    fromDemo: {
      method: 'POST',
      path: `${base}/datasets/demo`,
      access,
      summary: "Takes the packaged demo set: photographs against renderings of this project's own.",
      body: optionalJsonBody(DemoDatasetRequest),
      answer: json(Dataset, 202),
      errors: BEGIN_ERRORS,
    },
    list: {
      method: 'GET',
      path: `${base}/datasets`,
      access,
      summary: 'The data sets there are, newest first.',
      answer: json(DatasetList),
      errors: [],
    },
    get: {
      method: 'GET',
      path: `${base}/datasets/:id`,
      access,
      summary: 'One data set, with what is in it once it was looked at.',
      params: TrainingParams,
      answer: json(Dataset),
      errors: ['not-found'],
    },
    remove: {
      method: 'DELETE',
      path: `${base}/datasets/:id`,
      access,
      summary: 'Removes a data set with its pictures; trainings of it are cancelled, their results and packs stay.',
      params: TrainingParams,
      answer: json(Dataset),
      errors: ['not-found'],
    },
    map: {
      method: 'GET',
      path: `${base}/datasets/:id/map`,
      access,
      summary:
        'Where the pictures of a data set lie, alike ones near each other; the first to ask waits for it by asking again.',
      params: TrainingParams,
      answer: json(DatasetMap),
      errors: ['not-found', 'pack-unknown'],
    },
    truths: {
      method: 'PUT',
      path: `${base}/datasets/:id/truths`,
      access,
      summary: 'Says of pictures of a data set what they are; of those from the history it labels the records too.',
      params: TrainingParams,
      body: jsonBody(TruthRequest),
      answer: json(Dataset),
      errors: ['not-found', 'dataset-unusable', 'pack-unknown', ...LOG_ERRORS],
    },
    picture: {
      method: 'GET',
      path: `${base}/datasets/:id/pictures/:item`,
      access,
      summary: 'A small copy of one picture of a data set.',
      params: DatasetPictureParams,
      answer: PICTURE,
      errors: FOUND_ERRORS,
    },
  }) as const satisfies RouteGroup;

/** Trainings, below one address and for one kind of caller. @__NO_SIDE_EFFECTS__ */
export const trainingRoutes = <const Who extends Access>(base: TeachBase, access: Who) =>
  ({
    create: {
      method: 'POST',
      path: `${base}/trainings`,
      access,
      summary: 'Teaches a pack from a data set, in the background; what was begun outlasts the companion.',
      body: jsonBody(NewTrainingRequest),
      answer: json(Training, 202),
      errors: ['not-found', ...BEGIN_ERRORS],
    },
    list: {
      method: 'GET',
      path: `${base}/trainings`,
      access,
      summary: 'The trainings there are, newest first.',
      answer: json(TrainingList),
      errors: [],
    },
    get: {
      method: 'GET',
      path: `${base}/trainings/:id`,
      access,
      summary: 'How far a training is.',
      params: TrainingParams,
      answer: json(Training),
      errors: ['not-found'],
    },
    events: {
      method: 'GET',
      path: `${base}/trainings/:id/events`,
      access,
      summary: 'A training each time it changes, until it has ended.',
      params: TrainingParams,
      answer: { kind: 'events', events: { training: Training } },
      errors: ['busy', 'not-found'],
    },
    result: {
      method: 'GET',
      path: `${base}/trainings/:id/result`,
      access,
      summary: 'What came of a training, side by side with the unmodified pack on the same pictures.',
      params: TrainingParams,
      answer: json(TrainingResult),
      errors: ['not-found'],
    },
    predictions: {
      method: 'GET',
      path: `${base}/trainings/:id/predictions`,
      access,
      summary: 'What the new pack says of every picture, with its reasons.',
      params: TrainingParams,
      query: PredictionQuery,
      answer: json(TrainingPredictionPage),
      errors: ['not-found'],
    },
    pack: {
      method: 'GET',
      path: `${base}/trainings/:id/pack`,
      access,
      summary: 'The new pack as one file, for `touchstone models install`.',
      params: TrainingParams,
      answer: { kind: 'bytes', types: ['application/x-tar'] },
      errors: ['not-found', 'pack-unknown', 'base-missing'],
    },
    remove: {
      method: 'DELETE',
      path: `${base}/trainings/:id`,
      access,
      summary: 'Cancels a training; one that has ended is removed with its result, its pack stays.',
      params: TrainingParams,
      answer: json(Training),
      errors: ['not-found'],
    },
  }) as const satisfies RouteGroup;

export const v1Datasets = datasetRoutes('/v1', 'train');
export const v1Trainings = trainingRoutes('/v1', 'train');

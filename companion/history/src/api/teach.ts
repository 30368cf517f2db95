import type { Dataset, DatasetMap, Training, TrainingResult, TrainingSettings } from '@touchstone/shared';
import { addressOf, type TrainingPredictionPage, teachDatasets, teachTrainings } from '@touchstone/shared/api';
import type * as v from 'valibot';
import { client, type Upload } from './request.ts';

/** Of the name of a data set that is told, in characters. */
const MAX_NAME = 100;
/** Predictions that are shown of one cell. */
const MOST_SHOWN = '60';

export const fetchDatasets = async (signal?: AbortSignal): Promise<Dataset[]> =>
  (await client.call(teachDatasets.list, { signal })).datasets;

export const fetchMap = (id: string, signal?: AbortSignal): Promise<DatasetMap> =>
  client.call(teachDatasets.map, { params: { id }, signal });

export const sayTruth = (id: string, items: readonly number[], truth: 'ai' | 'real'): Promise<Dataset> =>
  client.call(teachDatasets.truths, { params: { id }, body: { items: [...items], truth } });

export const fetchTrainings = async (signal?: AbortSignal): Promise<Training[]> =>
  (await client.call(teachTrainings.list, { signal })).trainings;

/** @param demo whether the packaged demo set is joined */
export const takeLabels = (demo: boolean): Promise<Dataset> =>
  client.call(teachDatasets.fromLabels, { body: { demo } });

export const takeDemo = (): Promise<Dataset> => client.call(teachDatasets.fromDemo, { body: {} });

export const takeUpload = (name: string, body: Upload, demo: boolean): Promise<Dataset> =>
  client.call(teachDatasets.create, { query: { name: name.slice(0, MAX_NAME), demo: `${demo}` }, body });

export const beginTraining = (dataset: string, settings: Partial<TrainingSettings>): Promise<Training> =>
  client.call(teachTrainings.create, { body: { dataset, settings } });

export const stopTraining = (id: string): Promise<Training> => client.call(teachTrainings.remove, { params: { id } });

export const fetchResult = (id: string, signal?: AbortSignal): Promise<TrainingResult> =>
  client.call(teachTrainings.result, { params: { id }, signal });

/** What tells the pictures of a cell of the matrix. */
export interface Cell {
  readonly truth: 'ai' | 'real';
  readonly said: 'ai' | 'real';
}

export const fetchPredictions = (
  id: string,
  { truth, said }: Cell,
  signal?: AbortSignal,
): Promise<v.InferOutput<typeof TrainingPredictionPage>> =>
  client.call(teachTrainings.predictions, {
    params: { id },
    query: { part: 'test', truth, said, limit: MOST_SHOWN },
    signal,
  });

export const takeTaught = (id: string): Promise<Training> => client.call(teachTrainings.use, { params: { id } });
export const rollBackTaught = (id: string): Promise<Training> =>
  client.call(teachTrainings.rollBack, { params: { id } });

export const packAddress = (id: string): string => addressOf(teachTrainings.pack, { params: { id } });
export const itemPictureAddress = (id: string, item: number): string =>
  addressOf(teachDatasets.picture, { params: { id, item: String(item) } });

import { Dataset, Training } from '../training.ts';
import { json, jsonBody, type RouteGroup } from './route.ts';
import { datasetRoutes, FolderDatasetRequest, TrainingParams, trainingRoutes } from './v1/trainings.ts';

/** The same data sets and trainings for the history page, and what only the person at this computer may do with them. */
export const teachDatasets = {
  ...datasetRoutes('/api/teach', 'either'),
  fromFolder: {
    method: 'POST',
    path: '/api/teach/datasets/folder',
    access: 'control',
    summary: 'Takes the pictures of a folder with `ai` and `real` in it, or those that a CSV names by path and label.',
    body: jsonBody(FolderDatasetRequest),
    answer: json(Dataset, 202),
    errors: ['dataset-unusable', 'file-unreadable', 'pack-unknown', 'pack-invalid', 'shutting-down', 'disk-full'],
  },
} as const satisfies RouteGroup;

const OF_USE = ['not-found', 'pack-unknown', 'base-missing', 'disk-full', 'folder-unusable'] as const;

export const teachTrainings = {
  ...trainingRoutes('/api/teach', 'either'),
  use: {
    method: 'POST',
    path: '/api/teach/trainings/:id/use',
    access: 'either',
    summary: 'Uses the new pack from the next check on.',
    params: TrainingParams,
    answer: json(Training),
    errors: OF_USE,
  },
  rollBack: {
    method: 'POST',
    path: '/api/teach/trainings/:id/roll-back',
    access: 'either',
    summary: 'Uses again what was used before the new pack.',
    params: TrainingParams,
    answer: json(Training),
    errors: OF_USE,
  },
} as const satisfies RouteGroup;

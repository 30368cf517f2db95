import {
  Dataset,
  DatasetSummary,
  ErrorReport,
  FiniteNumber,
  type Training,
  TrainingSettings,
  TrainingState,
} from '@touchstone/shared';
import * as v from 'valibot';

const WORK = {
  id: v.string(),
  state: TrainingState,
  createdAt: FiniteNumber,
  endedAt: v.nullable(FiniteNumber),
  error: v.nullable(ErrorReport),
};

/** `dataset.json` */
export const KeptDataset = v.object({
  ...WORK,
  name: v.string(),
  from: Dataset.entries.from,
  items: FiniteNumber,
  base: v.string(),
  summary: v.nullable(DatasetSummary),
  /** Items whose records were deleted. */
  removed: v.optional(FiniteNumber, 0),
});
export type KeptDataset = v.InferOutput<typeof KeptDataset>;

/** `training.json` */
export const KeptTraining = v.object({
  ...WORK,
  dataset: v.string(),
  datasetName: v.string(),
  settings: TrainingSettings,
  base: v.string(),
  tier: v.picklist(['quick', 'thorough']),
  /** Of the pack that will come of it, so that a second try makes the same one. */
  version: v.string(),
  pack: v.nullable(v.string()),
  /** What was chosen before that pack was used; absent where it never was. */
  before: v.optional(v.nullable(v.string())),
});
export type KeptTraining = v.InferOutput<typeof KeptTraining>;

/** What goes on now, in memory only. */
export interface Going {
  readonly stage: Dataset['stage'];
  readonly progress: number | null;
  readonly secondsLeft: number | null;
}

const RESTING: Going = { stage: null, progress: null, secondsLeft: null };

export const hasEnded = ({ state }: Pick<Dataset, 'state'>): boolean => state !== 'pending' && state !== 'processing';

export const datasetView = (kept: KeptDataset, going: Going = RESTING): Dataset => ({ ...kept, ...going });

/** How its pack stands now. */
export type PackStanding = Pick<Training, 'inUse' | 'baseMissing'>;

export function trainingView(kept: KeptTraining, standing: PackStanding, going: Going = RESTING): Training {
  const { tier: _, version: __, before: ___, ...told } = kept;
  return { ...told, ...standing, ...going };
}

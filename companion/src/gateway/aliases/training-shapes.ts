import type { Dataset, Training, TrainingPrediction, TrainingReason, TrainingResult } from '@touchstone/shared';
import type { CustomProgress, CustomResult, CustomTrainRequest } from '@touchstone/shared/api';
import { shareText, textOf } from '@touchstone/shared/words';

export function settingsOf({ model_type, hyperparameters }: CustomTrainRequest): Training['settings'] {
  const { C, n_neighbors, hidden_layers, test_size, random_state, start, name } = hyperparameters;
  return {
    name,
    model: model_type,
    start,
    penalty: C,
    neighbours: n_neighbors,
    hidden: hidden_layers?.[0] ?? null,
    testShare: test_size,
    seed: random_state,
  };
}

/** Percent of the whole at which each stage begins, and those it has: looking at pictures takes by far the longest. */
const PARTS = {
  loading: [0, 0],
  embedding: [0, 70],
  training: [70, 20],
  evaluating: [90, 9],
} as const satisfies Record<NonNullable<Training['stage']>, readonly [from: number, percent: number]>;
const WHOLE = 100;

const percentOf = ({ stage, progress }: Dataset | Training): number => {
  const [from, percent] = stage === null ? [0, 0] : PARTS[stage];
  // The last of it, the trial and installation of the pack, tells no share.
  return from + percent * (progress ?? (stage === 'evaluating' ? 1 : 0));
};

const stepOf = ({ stage }: Dataset | Training): string =>
  stage === null ? textOf('en', 'file-waiting') : textOf('en', `teach-stage-${stage}`);

/** @param dataset that it is taught from, which is looked at first; absent where it was removed since */
export function customProgressOf(training: Training, dataset: Dataset | undefined): CustomProgress {
  const { state, error } = training;
  const told = (progress: number, current_step: string, status: CustomProgress['status']): CustomProgress => ({
    success: true,
    progress,
    current_step,
    status,
  });
  if (state === 'completed') return told(WHOLE, textOf('en', 'teach-completed'), 'completed');
  // A training waits while its pictures are looked at.
  const working = state === 'pending' && dataset?.stage ? dataset : training;
  const looked = dataset?.state === 'completed' ? PARTS.training[0] : 0;
  const percent = Math.max(looked, Math.round(percentOf(working)));
  if (state === 'cancelled') return told(percent, textOf('en', 'teach-cancelled'), 'error');
  if (state === 'failed') return told(percent, error?.message ?? '', 'error');
  return told(percent, stepOf(working), 'running');
}

const CLASS_NAMES = { ai: 'AI', real: 'Real' } as const;
const inside = (value: number): number => Math.min(1, Math.max(0, value));

/** A reason as a name, how much it says, and a sentence. */
function reasonOf(reason: TrainingReason): { readonly name: string; readonly weight: number; readonly text: string } {
  if (reason.kind === 'evidence') {
    const { code, strength, sentence } = reason.evidence;
    return { name: code, weight: strength, text: sentence };
  }
  const name = reason.name || textOf('en', 'teach-removed-item');
  const weight = inside(1 - reason.distance);
  const alike = textOf('en', `teach-alike-${reason.truth}`, { share: shareText(weight, 'en') });
  return { name, weight, text: `${name}: ${alike}` };
}

function customPredictionOf(prediction: TrainingPrediction): CustomResult['predictions'][number] {
  const { item, name, said, probabilities, reasons } = prediction;
  const told = reasons.map(reasonOf);
  return {
    id: item,
    name,
    prediction: CLASS_NAMES[said],
    confidence: probabilities[said],
    probabilities: { AI: probabilities.ai, Real: probabilities.real },
    feature_importance: Object.fromEntries(told.map((one) => [one.name, one.weight])),
    reasons: told.map(({ text }) => text),
  };
}

function metricsOf({ own }: TrainingResult): CustomResult['metrics'] {
  if (!own) return null;
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = own.confusion;
  const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  const precision = ratio(truePositives, truePositives + falsePositives);
  const recall = ratio(truePositives, truePositives + falseNegatives);
  return {
    accuracy: own.accuracy,
    f1_score: ratio(2 * precision * recall, precision + recall),
    precision,
    recall,
    confusion_matrix: [
      [trueNegatives, falsePositives],
      [falseNegatives, truePositives],
    ],
  };
}

const MS_PER_SECOND = 1_000;

/** @param featureCount null where the pack that it stands on is not there any more */
export function customResultOf(
  { datasetName, createdAt, endedAt }: Training,
  result: TrainingResult,
  predictions: readonly TrainingPrediction[],
  featureCount: number | null,
): CustomResult {
  const tested = predictions.filter(({ part }) => part === 'test');
  return {
    success: true,
    metrics: metricsOf(result),
    predictions: (tested.length > 0 ? tested : predictions).map(customPredictionOf),
    model_info: {
      model_type: result.model,
      dataset_used: datasetName,
      training_time: ((endedAt ?? createdAt) - createdAt) / MS_PER_SECOND,
      feature_count: featureCount,
      pack: result.pack,
    },
  };
}

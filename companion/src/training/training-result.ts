import type { Measured, Taught } from '@touchstone/models/learning';
import type { PackMeasurement, TrainingPrediction, TrainingResult, Truth } from '@touchstone/shared';
import { textOf } from '@touchstone/shared/words';
import * as v from 'valibot';
import type { DatasetItem } from './dataset.ts';

/** What is kept of a prediction; names and truths stand in the data set. */
export const KeptPrediction = v.object({
  item: v.number(),
  name: v.string(),
  recordId: v.nullable(v.string()),
  truth: v.picklist(['ai', 'real']),
  part: v.picklist(['train', 'test']),
  probability: v.number(),
  unmodified: v.number(),
  reasons: v.array(
    v.object({ item: v.number(), name: v.string(), truth: v.picklist(['ai', 'real']), distance: v.number() }),
  ),
});
export type KeptPrediction = v.InferOutput<typeof KeptPrediction>;

const HALF = 0.5;
const saidOf = (probability: number): Truth => (probability > HALF ? 'ai' : 'real');

export function predictionOf({ probability, ...kept }: KeptPrediction): TrainingPrediction {
  return { ...kept, said: saidOf(probability), probabilities: { ai: probability, real: 1 - probability } };
}

/** A pack's numbers; what could not be counted is null. */
function measurementOf(pack: string, { roc, reliability, ...measured }: Measured, fakeAbove: number): PackMeasurement {
  return {
    ...measured,
    pack,
    fakeAbove,
    // Everything counts as generated, and nothing.
    roc: roc.map((point) => ({ ...point, threshold: Math.min(1, point.threshold) })),
    reliability: reliability.map(({ probability, share, ...bin }) => ({
      ...bin,
      probability: bin.items > 0 ? probability : null,
      share: bin.items > 0 ? share : null,
    })),
  };
}

interface Ended {
  readonly training: string;
  readonly pack: string;
  readonly base: { readonly label: string; readonly fakeAbove: number };
  readonly taught: Taught;
}

export function resultOf({ training, pack, base, taught }: Ended): TrainingResult {
  const { measured, predictions, verdict, thresholds, c, tried } = taught;
  return {
    training,
    pack,
    base: base.label,
    verdict,
    sentence: textOf('en', `teach-verdict-${verdict}`),
    trained: predictions.filter(({ part }) => part === 'train').length,
    tested: predictions.filter(({ part }) => part === 'test').length,
    own: measured ? measurementOf(pack, measured.own, thresholds.fakeAbove) : null,
    unmodified: measured ? measurementOf(base.label, measured.base, base.fakeAbove) : null,
    difference: measured?.difference ?? null,
    penalty: c,
    tried: tried.map(({ c: penalty, loss }) => ({ penalty, loss })),
    fakeAbove: thresholds.fakeAbove,
    heldToPublished: taught.heldToPublished,
  };
}

/** @param items of the data set @param taughtItems the number there of each item that was taught or tested */
export function predictionsOf(
  { predictions }: Taught,
  items: readonly DatasetItem[],
  taughtItems: readonly number[],
): KeptPrediction[] {
  const named = (row: number) => {
    const item = taughtItems[row] ?? row;
    const { name = '', truth = 'real' as const, place } = items[item] ?? {};
    return { item, name, truth, recordId: place?.kind === 'record' ? place.recordId : null };
  };
  return predictions.map(({ part, probability, baseProbability, nearest }, row) => ({
    ...named(row),
    part,
    probability,
    unmodified: baseProbability,
    reasons: nearest.map(({ item, distance }) => {
      const { recordId: _, ...reason } = named(item);
      return { ...reason, distance };
    }),
  }));
}

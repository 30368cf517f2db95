import type { Measured, Taught } from '@touchstone/models/learning';
import {
  MOST_REASONS,
  type PackMeasurement,
  type TrainingPrediction,
  TrainingReason,
  type TrainingResult,
  type Truth,
} from '@touchstone/shared';
import { textOf } from '@touchstone/shared/words';
import * as v from 'valibot';
import { type DatasetItem, type ItemLook, wasSeen } from './dataset.ts';

/** What is kept of a prediction. */
export const KeptPrediction = v.object({
  item: v.number(),
  name: v.string(),
  recordId: v.nullable(v.string()),
  truth: v.picklist(['ai', 'real']),
  part: v.picklist(['train', 'test']),
  probability: v.number(),
  unmodified: v.number(),
  reasons: v.array(TrainingReason),
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

/** What was taught, whichever beginning it had. */
export const modelOf = ({ head }: Pick<Taught, 'head'>): TrainingResult['model'] =>
  head.kind === 'correction' ? 'logistic' : head.kind;

const chosenOf = ({ c, neighbours, hidden }: Taught['chosen']) => ({ penalty: c, neighbours, hidden });

interface Ended {
  readonly training: string;
  readonly pack: string;
  readonly base: { readonly label: string; readonly fakeAbove: number };
  readonly taught: Taught;
}

export function resultOf({ training, pack, base, taught }: Ended): TrainingResult {
  const { measured, predictions, verdict, thresholds, chosen, tried } = taught;
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
    model: modelOf(taught),
    ...chosenOf(chosen),
    tried: tried.map((one) => ({ ...chosenOf(one), loss: one.loss })),
    fakeAbove: thresholds.fakeAbove,
    heldToPublished: taught.published !== undefined,
    published: taught.published
      ? { pictures: taught.published.pictures, own: taught.published.own, unmodified: taught.published.base }
      : null,
  };
}

/**
 * @param items of the data set
 * @param looks what is known of each
 * @param taughtItems the number there of each item that was taught or tested
 */
export function predictionsOf(
  { predictions }: Taught,
  items: readonly DatasetItem[],
  looks: ReadonlyMap<number, ItemLook>,
  taughtItems: readonly number[],
): KeptPrediction[] {
  const named = (row: number) => {
    const item = taughtItems[row] ?? row;
    const { name = '', truth = 'real' as const, place } = items[item] ?? {};
    return { item, name, truth, recordId: place?.kind === 'record' ? place.recordId : null };
  };
  const evidenceOf = (row: number): TrainingReason[] => {
    const look = looks.get(taughtItems[row] ?? row);
    return wasSeen(look) ? look.evidence.map((evidence) => ({ kind: 'evidence', evidence })) : [];
  };
  return predictions.map(({ part, probability, baseProbability, nearest }, row) => ({
    ...named(row),
    part,
    probability,
    unmodified: baseProbability,
    reasons: [
      ...evidenceOf(row),
      ...nearest.map(({ item, distance }): TrainingReason => {
        const { recordId: _, ...picture } = named(item);
        return { kind: 'picture', ...picture, distance };
      }),
    ].slice(0, MOST_REASONS),
  }));
}

/**
 * What stays of a prediction once records are gone.
 * @param gone numbers of items whose records are
 * @param items of the data set as they are now, where another record of the same picture may stand; none where it was removed
 */
export function forgottenPrediction(
  kept: KeptPrediction,
  gone: ReadonlySet<number>,
  items: readonly DatasetItem[],
): KeptPrediction {
  const standIn = (item: number): { readonly name: string; readonly recordId: string | null } => {
    const { name = '', place } = items[item] ?? {};
    return place?.kind === 'record' ? { name, recordId: place.recordId } : { name: '', recordId: null };
  };
  const own = gone.has(kept.item) ? standIn(kept.item) : undefined;
  if (own?.recordId === null) return { ...kept, ...own, reasons: [] };
  return {
    ...kept,
    ...own,
    reasons: kept.reasons.map((reason) =>
      reason.kind === 'picture' && gone.has(reason.item) ? { ...reason, name: standIn(reason.item).name } : reason,
    ),
  };
}

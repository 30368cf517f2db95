import { calibrate, type Pack } from '@touchstone/models';
import { groupsOf, seededDraw, splitItems } from '@touchstone/models/learning';
import { type DatasetSummary, ENOUGH_PICTURES, type ErrorReport } from '@touchstone/shared';
import { type DatasetItem, type ItemLook, wasSeen } from './dataset.ts';

/** Items that are named, of each kind. */
const MOST_NAMED = 50;

const SPLIT_SHARE = 0.25;

/** What is in a data set: counts, near copies, what cannot be read, and where an unmodified pack is sure of the opposite. */
export function summariseDataset(
  items: readonly DatasetItem[],
  looks: ReadonlyMap<number, ItemLook>,
  { manifest: { calibration, thresholds } }: Pack,
): DatasetSummary {
  const seen = items.flatMap((described, item) => {
    const look = looks.get(item);
    return wasSeen(look) ? [{ ...described, item, look }] : [];
  });
  const named = ({ name, truth }: DatasetItem, item: number, error?: ErrorReport) => ({
    item,
    name,
    truth,
    why: error?.message ?? null,
    ...(error && { code: error.code }),
  });
  const unread = items.flatMap((described, item) => {
    const look = looks.get(item);
    return look && !wasSeen(look) ? [{ described, item, error: look.error }] : [];
  });
  const missing = unread.filter(({ error: { code } }) => code === 'picture-not-kept' || code === 'not-found');
  const unreadable = unread.filter((one) => !missing.includes(one));
  const doubtful = seen.filter(({ truth, look }) => {
    const probability = calibrate(look.logit, calibration);
    return truth === 'real' ? probability > thresholds.fakeAbove : probability < thresholds.realBelow;
  });
  const splitting = seen.map(({ truth, ties, look }) => ({
    label: truth === 'ai' ? (1 as const) : (0 as const),
    ties,
    hash: look.hash,
  }));
  // By their pixels alone: what merely shares a folder is no copy.
  const copies = Map.groupBy(groupsOf(splitting.map((one) => ({ ...one, ties: [] }))).entries(), ([, group]) => group);
  const families = [...copies.values()].map((family) => family.map(([index]) => seen[index]?.truth));
  const count = (truth: 'ai' | 'real'): number => seen.filter((one) => one.truth === truth).length;
  return {
    ai: count('ai'),
    real: count('real'),
    groups: new Set(groupsOf(splitting)).size,
    duplicates: families.reduce((sum, family) => sum + family.length - 1, 0),
    contradictory: families.filter((family) => new Set(family).size > 1).length,
    unreadable: unreadable.length,
    leftOut: missing.length,
    doubtful: doubtful.length,
    enough: Math.min(count('ai'), count('real')) >= ENOUGH_PICTURES,
    testable: splitItems(splitting, seededDraw(1), SPLIT_SHARE) !== undefined,
    unreadableItems: unreadable.slice(0, MOST_NAMED).map(({ described, item, error }) => named(described, item, error)),
    doubtfulItems: doubtful.slice(0, MOST_NAMED).map((one) => named(one, one.item)),
  };
}

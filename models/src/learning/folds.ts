import type { Draw } from './evaluation.ts';
import { shuffled } from './seeded-draw.ts';

/** Parts of a cross-validation at most. */
const MOST_FOLDS = 5;

/** What a part of a cross-validation is chosen by. */
export interface FoldItem {
  readonly label: 0 | 1;
  /** Items of one group stay together. */
  readonly group: number;
}

export interface Folds {
  /** Of each item its part, from 0. */
  readonly parts: readonly number[];
  readonly count: number;
}

const LABELS = [0, 1] as const;

/**
 * Parts items for a cross-validation by whole groups, each class spread over the parts as evenly as its groups allow.
 * @param draw seeded
 * @returns undefined where a class has fewer than two groups
 */
export function foldsOf(items: readonly FoldItem[], draw: Draw): Folds | undefined {
  const groups = [...Map.groupBy(items.keys(), (index) => items[index]?.group ?? index).values()].map((indices) => ({
    indices,
    counts: LABELS.map((label) => indices.filter((index) => items[index]?.label === label).length),
  }));
  const fewest = Math.min(...LABELS.map((label) => groups.filter(({ counts }) => (counts[label] ?? 0) > 0).length));
  if (fewest < 2) return undefined;
  const loads = Array.from({ length: Math.min(MOST_FOLDS, fewest) }, (_, part) => ({
    part,
    counts: new Float64Array(LABELS.length),
  }));
  const parts = new Array<number>(items.length).fill(0);
  // Large groups first: the small ones even out what they leave.
  for (const { indices, counts } of shuffled(groups, draw).sort((a, b) => b.indices.length - a.indices.length)) {
    const own = (label: number): number => counts[label] ?? 0;
    const load = (of: Float64Array): number =>
      LABELS.reduce<number>((sum, label) => sum + (own(label) > 0 ? (of[label] ?? 0) : 0), 0);
    const least = loads.reduce((best, one) => (load(one.counts) < load(best.counts) ? one : best));
    for (const index of indices) parts[index] = least.part;
    for (const label of LABELS) least.counts[label] = (least.counts[label] ?? 0) + own(label);
  }
  return { parts, count: loads.length };
}

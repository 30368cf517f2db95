import type { Draw } from './evaluation.ts';
import { shuffled } from './seeded-draw.ts';

/** What ties items together. */
export interface SplitItem {
  readonly label: 0 | 1;
  /** Items that share any of these never stand on both sides: site, case, folder. */
  readonly ties: readonly string[];
  /** 64-bit perceptual hash as 16 hexadecimal digits; absent where there are no pixels. */
  readonly hash?: string | undefined;
}

/** Different bits up to which two pictures count as near copies of one. */
export const NEAR_BITS = 6;
/** Parts of a hash: hashes that differ in at most NEAR_BITS bits agree in at least one of NEAR_BITS + 1 parts. */
const PARTS = NEAR_BITS + 1;
const BITS = 64;

function partsOf(hash: bigint): string[] {
  return Array.from({ length: PARTS }, (_, part) => {
    const [from, to] = [Math.floor((part * BITS) / PARTS), Math.floor(((part + 1) * BITS) / PARTS)];
    return `${part}:${(hash >> BigInt(from)) & ((1n << BigInt(to - from)) - 1n)}`;
  });
}

function differingBits(a: bigint, b: bigint): number {
  let rest = a ^ b;
  let count = 0;
  for (; rest !== 0n; rest &= rest - 1n) count += 1;
  return count;
}

/** Joins items into groups (union-find with path halving). */
function createGroups(count: number) {
  const parents = Array.from({ length: count }, (_, index) => index);
  function find(index: number): number {
    let at = index;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] ?? at] ?? at;
      at = parents[at] ?? at;
    }
    return at;
  }
  return {
    find,
    join(a: number, b: number): void {
      const [low, high] = [find(a), find(b)].sort((x, y) => x - y) as [number, number];
      parents[high] = low;
    },
  };
}

/**
 * Groups of items that must stay together: near copies, and whatever shares a tie, also over several steps.
 * @returns of each item the number of its group, the index of the group's first item
 */
export function groupsOf(items: readonly SplitItem[]): number[] {
  const groups = createGroups(items.length);
  const firstWith = new Map<string, number>();
  const byPart = new Map<string, number[]>();
  const hashes = items.map(({ hash }) => (hash === undefined ? undefined : BigInt(`0x${hash}`)));
  for (const [index, { ties }] of items.entries()) {
    for (const tie of ties) {
      const first = firstWith.get(tie);
      if (first === undefined) firstWith.set(tie, index);
      else groups.join(first, index);
    }
    const hash = hashes[index];
    if (hash === undefined) continue;
    for (const part of partsOf(hash)) {
      const alike = byPart.get(part) ?? [];
      for (const other of alike) if (differingBits(hash, hashes[other] ?? 0n) <= NEAR_BITS) groups.join(other, index);
      byPart.set(part, [...alike, index]);
    }
  }
  return items.map((_, index) => groups.find(index));
}

export interface Split {
  /** Indices of items. */
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/**
 * Parts items into those that teach and those that test, by whole groups, so that about `testShare` of each class tests.
 * @param draw seeded: one session gives one split
 * @returns undefined where a class has fewer than two groups: nothing could be tested that was not taught
 */
export function splitItems(items: readonly SplitItem[], draw: Draw, testShare = 0.25): Split | undefined {
  const groups = groupsOf(items);
  const byGroup = [...Map.groupBy(items.keys(), (index) => groups[index] ?? index).values()];
  return place(items, byGroup, draw, testShare);
}

function place(items: readonly SplitItem[], groups: readonly number[][], draw: Draw, testShare: number) {
  const count = (indices: readonly number[], label: 0 | 1): number =>
    indices.filter((index) => items[index]?.label === label).length;
  const whole = [...items.keys()];
  const wanted = [0, 1].map((label) => Math.max(1, Math.round(count(whole, label as 0 | 1) * testShare)));
  const order = shuffled(
    groups.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0)),
    draw,
  );
  const test: number[] = [];
  const train: number[] = [];
  for (const group of order) {
    const tested = ([0, 1] as const).every((label) => {
      const more = count(group, label);
      return more === 0 || count(test, label) + more <= Math.max(wanted[label] ?? 1, 1) || count(test, label) === 0;
    });
    // The last group of a class stays with those that teach.
    const needed = ([0, 1] as const).some(
      (label) => count(group, label) > 0 && count(train, label) === 0 && count(test, label) > 0,
    );
    (tested && !needed ? test : train).push(...group);
  }
  const complete = ([0, 1] as const).every((label) => count(test, label) > 0 && count(train, label) > 0);
  return complete ? { train: train.sort((a, b) => a - b), test: test.sort((a, b) => a - b) } : undefined;
}

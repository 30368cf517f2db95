import { areaUnderRoc, type Judged } from './metrics.ts';

/** One held-out item. */
export interface TestItem extends Judged {
  /** What it was collected with: a folder, a site, a case. */
  readonly source: string;
}

/** Counts at a threshold, by truth and word. */
export interface Confusion {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
}

export function confusionAt(items: readonly Judged[], threshold: number): Confusion {
  const count = (fake: boolean, above: boolean): number =>
    items.filter((item) => item.fake === fake && item.probability > threshold === above).length;
  return {
    truePositives: count(true, true),
    falsePositives: count(false, true),
    trueNegatives: count(false, false),
    falseNegatives: count(true, false),
  };
}

export interface RocPoint {
  /** Everything at or above it counts as generated. */
  readonly threshold: number;
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

/** Points of the ROC curve from (0, 0) to (1, 1), one for each probability that occurs. */
export function rocCurve(items: readonly Judged[]): RocPoint[] {
  const fakes = items.filter(({ fake }) => fake).length;
  const reals = items.length - fakes;
  const points: RocPoint[] = [{ threshold: Number.POSITIVE_INFINITY, falsePositiveRate: 0, truePositiveRate: 0 }];
  let [caught, accused] = [0, 0];
  const sorted = items.toSorted((a, b) => b.probability - a.probability);
  for (const [index, { fake, probability }] of sorted.entries()) {
    if (fake) caught += 1;
    else accused += 1;
    if (sorted[index + 1]?.probability === probability) continue;
    points.push({ threshold: probability, falsePositiveRate: accused / reals, truePositiveRate: caught / fakes });
  }
  return points;
}

export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly items: number;
  /** Mean probability of its items, and the share of them that a generator made; NaN where there are none. */
  readonly probability: number;
  readonly share: number;
}

/** How often each probability was right, in bins of equal width. */
export function reliability(items: readonly Judged[], bins = 10): ReliabilityBin[] {
  return Array.from({ length: bins }, (_, index) => {
    const [from, to] = [index / bins, (index + 1) / bins];
    const inside = items.filter(({ probability }) => Math.min(bins - 1, Math.floor(probability * bins)) === index);
    return {
      from,
      to,
      items: inside.length,
      probability: inside.reduce((sum, { probability }) => sum + probability, 0) / inside.length,
      share: inside.filter(({ fake }) => fake).length / inside.length,
    };
  });
}

/** Draws a whole number below its argument. */
export type Draw = (below: number) => number;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Interval of the area under the ROC curve, by drawing whole sources with replacement within each class (cluster bootstrap, Field and
 * Welsh 2007): items of one source resemble each other, and drawing single ones would make the interval too narrow.
 * @param draw seeded, so that one session gives one interval
 * @param share of the draws inside
 * @returns NaN for both where a class is missing
 */
export function areaInterval(items: readonly TestItem[], draw: Draw, draws = 1_000, share = 0.95): Interval {
  const sources = [true, false].map((fake) => {
    const bySource = Map.groupBy(
      items.filter((item) => item.fake === fake),
      ({ source }) => source,
    );
    return [...bySource.values()];
  });
  if (sources.some(({ length }) => length === 0)) return { low: Number.NaN, high: Number.NaN };
  const areas = Array.from({ length: draws }, () =>
    areaUnderRoc(sources.flatMap((all) => all.flatMap(() => all[draw(all.length)] ?? []))),
  ).sort((a, b) => a - b);
  const at = (part: number): number => areas[Math.min(draws - 1, Math.floor(part * draws))] ?? Number.NaN;
  return { low: at((1 - share) / 2), high: at((1 + share) / 2) };
}

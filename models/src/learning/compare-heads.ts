import {
  areaInterval,
  type Confusion,
  confusionAt,
  type Draw,
  type Interval,
  type ReliabilityBin,
  type RocPoint,
  reliability,
  rocCurve,
  type TestItem,
} from './evaluation.ts';
import { areaUnderRoc, balancedAccuracy, calibrationError, shareAbove } from './metrics.ts';

/** How a pack did on the items that tested. Both classes are there. */
export interface Measured {
  readonly accuracy: number;
  readonly balancedAccuracy: number;
  readonly area: number;
  /** 95 %, over whole sources. */
  readonly areaInterval: Interval;
  readonly calibrationError: number;
  /** At a probability of one half. */
  readonly confusion: Confusion;
  /** Real items above the pack's own threshold for "likely AI", as a share. */
  readonly falseAccusations: number;
  readonly roc: readonly RocPoint[];
  readonly reliability: readonly ReliabilityBin[];
}

const HALF = 0.5;

export function measure(items: readonly TestItem[], fakeAbove: number, draw: Draw): Measured {
  const confusion = confusionAt(items, HALF);
  return {
    accuracy: (confusion.truePositives + confusion.trueNegatives) / items.length,
    balancedAccuracy: balancedAccuracy(items, HALF),
    area: areaUnderRoc(items),
    areaInterval: areaInterval(items, draw),
    calibrationError: calibrationError(items),
    confusion,
    falseAccusations: shareAbove(items, false, fakeAbove),
    roc: rocCurve(items),
    reliability: reliability(items),
  };
}

/** An item with what both packs say of it. */
export interface ComparedItem {
  readonly fake: boolean;
  readonly source: string;
  readonly own: number;
  readonly base: number;
}

/** Draws of the interval of a difference. */
const DRAWS = 1_000;

/** 95 % interval of the area of the own pack less that of its base, by drawing the same whole sources for both. */
export function areaDifference(items: readonly ComparedItem[], draw: Draw): Interval {
  const sources = [true, false].map((fake) => [
    ...Map.groupBy(
      items.filter((item) => item.fake === fake),
      ({ source }) => source,
    ).values(),
  ]);
  const differences = Array.from({ length: DRAWS }, () => {
    const drawn = sources.flatMap((all) => all.flatMap(() => all[draw(all.length)] ?? []));
    const area = (of: 'own' | 'base') => areaUnderRoc(drawn.map((one) => ({ fake: one.fake, probability: one[of] })));
    return area('own') - area('base');
  }).sort((a, b) => a - b);
  const at = (part: number): number => differences[Math.min(DRAWS - 1, Math.floor(part * DRAWS))] ?? Number.NaN;
  return { low: at(0.025), high: at(0.975) };
}

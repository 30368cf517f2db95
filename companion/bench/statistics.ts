/** One line of the benchmark's JSON output. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'pictures/s' | 'MB' | 'kB' | 'frames' | 'answers' | '%';
  /** The same work without Touchstone around it, or the limit that was set; null where there is none. */
  readonly floor: number | null;
  /** What the floor is, in words, where it is the bare work. */
  readonly bare?: string;
  /** value / floor; null without a floor. */
  readonly ratio: number | null;
  readonly n: number;
  /** 95th percentile minus median for times, else the range over the rounds; in `unit`. */
  readonly spread: number;
  /** What the ratio, or the value where there is none, is held to, in words. */
  readonly limit?: string;
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** @param share 0..1 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Median of times with the distance to their 95th percentile. @param floor times of the bare work */
export function timing(name: string, times: readonly number[], floor?: readonly number[]): Measurement {
  const value = median(times);
  const base = floor ? median(floor) : null;
  return {
    name,
    value: rounded(value),
    unit: 'ms',
    floor: base === null ? null : rounded(base),
    ratio: base === null ? null : rounded(value / base),
    n: times.length,
    spread: rounded(quantile(times, 0.95) - value),
  };
}

/** Median over rounds. @param floor of the same rounds, or a limit */
export function level(
  name: string,
  unit: Measurement['unit'],
  values: readonly number[],
  floor: readonly number[] | number | null,
): Measurement {
  const value = median(values);
  const base = floor === null ? null : typeof floor === 'number' ? floor : median(floor);
  return {
    name,
    value: rounded(value),
    unit,
    floor: base === null ? null : rounded(base),
    ratio: base === null ? null : rounded(value / base),
    n: values.length,
    spread: rounded(Math.max(...values) - Math.min(...values)),
  };
}

import { type Measurement, median } from './statistics.ts';

/** Later measurements may be so many times worse before it counts: less is within what any change of layout moves. */
const ALLOWED = 1.03;

/** One figure of two commits, each measured in several runs that took turns. */
export interface Comparison {
  readonly name: string;
  readonly unit: Measurement['unit'];
  /** Medians over the runs. */
  readonly before: number;
  readonly now: number;
  /** How many times worse it is now: of times, memory and shares now / before, of rates before / now. */
  readonly worse: number;
  /** Range over the runs, of the commit with the larger one, as a share of its median. */
  readonly spread: number;
  /** Whether it is worse than `ALLOWED` in every pair of runs: worse by more than the runs differ among themselves. */
  readonly slower: boolean;
}

const HIGHER_IS_BETTER: ReadonlySet<Measurement['unit']> = new Set(['pictures/s', 'frames']);

const range = (values: readonly number[]): number => (Math.max(...values) - Math.min(...values)) / median(values);

/**
 * Figures that both commits measure, in the order of the later one.
 * @param before of each run of the earlier commit, its measurements
 * @param now the same of the later commit
 */
export function compareRuns(before: readonly Measurement[][], now: readonly Measurement[][]): Comparison[] {
  const valuesIn = (runs: readonly Measurement[][], name: string): number[] =>
    runs.flatMap((run) => run.filter((one) => one.name === name).map(({ value }) => value));
  return (now[0] ?? []).flatMap(({ name, unit }) => {
    const [earlier, later] = [valuesIn(before, name), valuesIn(now, name)];
    if (earlier.length === 0) return [];
    const rate = HIGHER_IS_BETTER.has(unit);
    const worst = rate ? Math.min(...earlier) / Math.max(...later) : Math.min(...later) / Math.max(...earlier);
    const ratio = median(later) / median(earlier);
    return [
      {
        name,
        unit,
        before: median(earlier),
        now: median(later),
        worse: rate ? 1 / ratio : ratio,
        spread: Math.max(range(earlier), range(later)),
        slower: worst > ALLOWED,
      },
    ];
  });
}

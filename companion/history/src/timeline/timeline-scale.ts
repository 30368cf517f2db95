import type { Timeline, TimelineMoment } from '@touchstone/shared';

/** Where the scores are drawn, in CSS pixels. Time runs from left to right in every language, as on players. */
export interface Plot {
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly height: number;
  /** Seconds from the left edge to the right one; above 0. */
  readonly duration: number;
}

/** Steps of the time axis, in seconds. */
const TICK_STEPS = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600] as const;
/** Room that one time under the axis needs, in CSS pixels. */
const TICK_PIXELS = 64;

/** Seconds that the time axis spans: the video's length, or up to the last moment where it is not known. */
export function spanOf({ duration, moments, shots }: Pick<Timeline, 'duration' | 'moments' | 'shots'>): number {
  const last = Math.max(0, moments.at(-1)?.time ?? 0, shots.at(-1)?.end ?? 0);
  return Math.max(duration ?? 0, last) || 1;
}

export const xOf = (plot: Plot, time: number): number =>
  plot.left + (Math.min(time, plot.duration) / plot.duration) * plot.width;

export const yOf = (plot: Plot, probability: number): number => plot.top + (1 - probability) * plot.height;

/** Seconds to be named under the axis, from 0. */
export function timeTicks(plot: Plot): number[] {
  const room = Math.max(1, Math.floor(plot.width / TICK_PIXELS));
  const step = TICK_STEPS.find((one) => plot.duration / one <= room) ?? Math.ceil(plot.duration / room / 3600) * 3600;
  return Array.from({ length: Math.floor(plot.duration / step) + 1 }, (_, index) => index * step);
}

/** Neighbouring moments of one shot: a line never runs over a cut, since nothing is known between the two pictures. */
export function runsOf(moments: readonly TimelineMoment[]): TimelineMoment[][] {
  const runs: TimelineMoment[][] = [];
  for (const moment of moments) {
    const run = runs.at(-1);
    if (run?.[0]?.shot === moment.shot) run.push(moment);
    else runs.push([moment]);
  }
  return runs;
}

const point = (x: number, y: number): string => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** Line through the scores of one run. */
export function linePath(plot: Plot, run: readonly TimelineMoment[]): string {
  return `M${run.map(({ time, probability }) => point(xOf(plot, time), yOf(plot, probability))).join('L')}`;
}

/** Area between the ends of the uncertainty band of one run; an upright line where the run is a single moment. */
export function bandPath(plot: Plot, run: readonly TimelineMoment[]): string {
  const upper = run.map(({ time, high }) => point(xOf(plot, time), yOf(plot, high)));
  const lower = run.map(({ time, low }) => point(xOf(plot, time), yOf(plot, low)));
  return `M${[...upper, ...lower.toReversed()].join('L')}Z`;
}

/** Index of the moment nearest to a time; -1 where there is none. Moments are in order of time. */
export function nearestMoment(moments: readonly TimelineMoment[], time: number): number {
  let best = -1;
  for (const [index, moment] of moments.entries()) {
    const nearest = moments[best];
    if (!nearest || Math.abs(moment.time - time) < Math.abs(nearest.time - time)) best = index;
  }
  return best;
}

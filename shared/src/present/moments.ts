import type { TimelineMoment } from '../timeline.ts';

/** Where a seek landed need not be the moment to the millisecond. Seconds. */
const SPARE_SECONDS = 0.05;

/** Index of the moment nearest to a time; -1 where there is none. Moments are in order of time. */
export function nearestMoment(moments: readonly TimelineMoment[], time: number): number {
  let best = -1;
  for (const [index, moment] of moments.entries()) {
    const nearest = moments[best];
    if (!nearest || Math.abs(moment.time - time) < Math.abs(nearest.time - time)) best = index;
  }
  return best;
}

/** The moment nearest to a time; undefined where none was seen within this many seconds of it. */
export function momentNear(
  moments: readonly TimelineMoment[],
  time: number,
  within: number,
): TimelineMoment | undefined {
  const nearest = moments[nearestMoment(moments, time)];
  return nearest && Math.abs(nearest.time - time) <= within ? nearest : undefined;
}

/** The next moment from a time in a direction, for the arrow keys. */
export function neighbourOf(
  moments: readonly TimelineMoment[],
  time: number,
  direction: 1 | -1,
): TimelineMoment | undefined {
  return direction === 1
    ? moments.find((moment) => moment.time > time + SPARE_SECONDS)
    : moments.findLast((moment) => moment.time < time - SPARE_SECONDS);
}

import type { TimelineMoment, TimelineShot } from '@touchstone/shared';

/** Height of the plot in its own units; its width is 1000 for the whole length, whatever the pixels. */
export const PLOT_WIDTH = 1000;
export const PLOT_HEIGHT = 100;

/** Moments further apart than this, in typical distances, were not seen in between: the line breaks there. */
const GAP = 3.2;
/** Shortest span a timeline shows, in seconds, so that the first frames of a live stream do not fill it. */
const SHORTEST_SPAN = 10;
/** Half the width of the band drawn around a moment that stands alone, in plot units. */
const ALONE = 2;

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a timeline covers, in seconds: the whole video, or for a live stream what was seen of it. */
export function spanOf(duration: number | null, moments: readonly TimelineMoment[], now: number): Span {
  if (duration !== null && duration > 0) return { start: 0, end: duration };
  const first = moments[0]?.time ?? now;
  const last = Math.max(moments.at(-1)?.time ?? now, now);
  return { start: first, end: Math.max(last, first + SHORTEST_SPAN) };
}

export function placeOf(time: number, { start, end }: Span): number {
  return Math.max(0, Math.min(1, (time - start) / (end - start)));
}

export function timeAt(place: number, { start, end }: Span): number {
  return start + Math.max(0, Math.min(1, place)) * (end - start);
}

/** Runs of neighbouring moments: between runs the video was not seen. */
export function runsOf(moments: readonly TimelineMoment[]): TimelineMoment[][] {
  const distances = moments.slice(1).map(({ time }, index) => time - (moments[index]?.time ?? 0));
  const typical = distances.toSorted((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 0;
  const runs: TimelineMoment[][] = [];
  for (const [index, moment] of moments.entries()) {
    const run = runs.at(-1);
    const apart = distances[index - 1] ?? Number.POSITIVE_INFINITY;
    if (run && apart <= Math.max(typical * GAP, 1)) run.push(moment);
    else runs.push([moment]);
  }
  return runs;
}

export interface Drawing {
  /** SVG paths in plot units: scores upwards, 1 at the top. */
  readonly line: string;
  readonly band: string;
  /** Moments that stand alone, as short bars. */
  readonly cuts: string;
}

const round = (value: number) => Math.round(value * 10) / 10;

/** Line, band and cuts of a timeline. */
export function drawTimeline(moments: readonly TimelineMoment[], shots: readonly TimelineShot[], span: Span): Drawing {
  const x = (time: number) => placeOf(time, span) * PLOT_WIDTH;
  const y = (probability: number) => (1 - probability) * PLOT_HEIGHT;
  const points = (run: readonly TimelineMoment[], value: (moment: TimelineMoment) => number) =>
    run.map((moment) => `${round(x(moment.time))} ${round(y(value(moment)))}`);
  const lines: string[] = [];
  const bands: string[] = [];
  for (const run of runsOf(moments)) {
    const [only] = run;
    if (run.length === 1 && only) {
      const [left, right] = [round(x(only.time) - ALONE), round(x(only.time) + ALONE)];
      lines.push(`M${left} ${round(y(only.probability))}H${right}`);
      bands.push(`M${left} ${round(y(only.low))}H${right}V${round(y(only.high))}H${left}Z`);
      continue;
    }
    lines.push(`M${points(run, ({ probability }) => probability).join('L')}`);
    const below = points(run, ({ low }) => low).toReversed();
    bands.push(`M${points(run, ({ high }) => high).join('L')}L${below.join('L')}Z`);
  }
  const cuts = shots.slice(1).map(({ start }) => `M${round(x(start))} 0V${PLOT_HEIGHT}`);
  return { line: lines.join(''), band: bands.join(''), cuts: cuts.join('') };
}

/** The moment nearest to a time; undefined where none was seen within this many seconds of it. */
export function momentNear(
  moments: readonly TimelineMoment[],
  time: number,
  within: number,
): TimelineMoment | undefined {
  let best: TimelineMoment | undefined;
  for (const moment of moments) {
    const distance = Math.abs(moment.time - time);
    if (distance <= within && distance < Math.abs((best?.time ?? Number.POSITIVE_INFINITY) - time)) best = moment;
  }
  return best;
}

/** The next moment from a time in a direction, for the arrow keys. */
export function neighbourOf(
  moments: readonly TimelineMoment[],
  time: number,
  direction: 1 | -1,
): TimelineMoment | undefined {
  /** Where a seek landed need not be the moment to the millisecond. */
  const spare = 0.05;
  return direction === 1
    ? moments.find((moment) => moment.time > time + spare)
    : moments.findLast((moment) => moment.time < time - spare);
}

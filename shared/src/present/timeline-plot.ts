import type { FaceTrack, Timeline, TimelineMoment, TimelineShot } from '../timeline.ts';
import { type Step, scaleMarks, stepAt } from './scale.ts';

/** Moments further apart than this, in typical distances, were not seen in between. */
const GAP = 3.2;
/** Moments this near to each other are never torn apart, in seconds: nothing that can be named hides in between. */
const SEEN_SECONDS = 1;
/** Shortest span of a video whose length nobody knows, in seconds. */
const SHORTEST_SPAN = 1;
/** The same while it plays, so that the first frames of a live stream do not fill it. Seconds. */
const SHORTEST_LIVE_SPAN = 10;
/** Scores named beside a plot. */
const SHARES = [0, 0.5, 1] as const;
/** Steps of the time axis, in seconds; beyond the last in whole hours. */
const TICK_STEPS = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600] as const;
const HOUR = 3600;

/** What a time axis covers, in seconds; the end lies after the start. */
export interface TimeSpan {
  readonly start: number;
  readonly end: number;
}

/** A moment where it is drawn: x and y in parts of the plot, from its upper left corner. Scores point upwards. */
export interface PlotPoint {
  readonly moment: TimelineMoment;
  readonly x: number;
  readonly y: number;
  /** Ends of the uncertainty area: `top` is that of the higher score. */
  readonly top: number;
  readonly bottom: number;
}

/** A stretch on the time axis, in parts of the plot's width. */
export interface PlotBar {
  readonly from: number;
  readonly to: number;
  readonly probability: number;
  /** Word of the scale in which its score lies. */
  readonly step: Step;
}

export interface FaceBar extends PlotBar {
  readonly track: number;
}

/** What a timeline shows, as numbers; whoever draws it only chooses places, colours and words. */
export interface TimelinePlot {
  readonly span: TimeSpan;
  /** Runs of moments without a cut or an unseen gap between them, at least one moment each: a line never leaves its segment. */
  readonly segments: readonly (readonly PlotPoint[])[];
  /** Places of the cuts between shots, in parts of the width. */
  readonly cuts: readonly number[];
  readonly shots: readonly PlotBar[];
  readonly faces: readonly FaceBar[];
  /** Heights of the pack's thresholds, absent where they are not known. */
  readonly thresholds: { readonly fakeAbove: number; readonly realBelow: number } | undefined;
  /** Scores to be named beside the plot, with their heights. */
  readonly shares: readonly { readonly share: number; readonly y: number }[];
}

/** What a plot needs of a timeline: of a record, or of a video that still plays. */
export interface PlottedTimeline {
  readonly duration: Timeline['duration'];
  /** In order of time. */
  readonly moments: readonly TimelineMoment[];
  readonly shots: readonly TimelineShot[];
  readonly faceTracks: readonly FaceTrack[];
  readonly thresholds?: Timeline['thresholds'];
}

/**
 * What a timeline covers: the whole video, or what was seen of a stream or of a file that does not say how long it is.
 * @param now where the player is, in seconds; absent where nothing plays
 */
export function timelineSpan(
  { duration, moments, shots }: Pick<PlottedTimeline, 'duration' | 'moments' | 'shots'>,
  now?: number,
): TimeSpan {
  const last = Math.max(moments.at(-1)?.time ?? 0, shots.at(-1)?.end ?? 0);
  if (duration !== null && duration > 0) return { start: 0, end: Math.max(duration, last) };
  const start = moments[0]?.time ?? now ?? 0;
  const shortest = now === undefined ? SHORTEST_SPAN : SHORTEST_LIVE_SPAN;
  return { start, end: Math.max(last, now ?? 0, start + shortest) };
}

/** Place of a time, in parts of the width; what lies outside is drawn at the edge. */
export function placeOf(time: number, { start, end }: TimeSpan): number {
  return Math.max(0, Math.min(1, (time - start) / (end - start)));
}

/** Time at a place, in seconds: the inverse of `placeOf`. */
export function timeAt(place: number, { start, end }: TimeSpan): number {
  return start + Math.max(0, Math.min(1, place)) * (end - start);
}

/** Height of a score, in parts of the plot's height from its top. */
export const heightOf = (probability: number): number => 1 - probability;

/**
 * Neighbouring moments of one shot. Between two segments nothing is known: there is a cut, or the video was not seen.
 * @param moments in order of time
 */
export function segmentsOf(moments: readonly TimelineMoment[]): TimelineMoment[][] {
  const distances = moments.slice(1).map(({ time }, index) => time - (moments[index]?.time ?? 0));
  const typical = distances.toSorted((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 0;
  const furthest = Math.max(typical * GAP, SEEN_SECONDS);
  const segments: TimelineMoment[][] = [];
  for (const moment of moments) {
    const segment = segments.at(-1);
    const before = segment?.at(-1);
    if (segment && before && before.shot === moment.shot && moment.time - before.time <= furthest) segment.push(moment);
    else segments.push([moment]);
  }
  return segments;
}

/** @param span defaults to what the timeline covers; see `timelineSpan` for one that plays */
export function plotTimeline(timeline: PlottedTimeline, span: TimeSpan = timelineSpan(timeline)): TimelinePlot {
  const { moments, shots, faceTracks, thresholds } = timeline;
  const marks = scaleMarks(thresholds);
  const point = (moment: TimelineMoment): PlotPoint => ({
    moment,
    x: placeOf(moment.time, span),
    y: heightOf(moment.probability),
    top: heightOf(moment.high),
    bottom: heightOf(moment.low),
  });
  const bar = ({ start, end, probability }: TimelineShot | FaceTrack): PlotBar => ({
    from: placeOf(start, span),
    to: placeOf(end, span),
    probability,
    step: stepAt(probability, marks),
  });
  return {
    span,
    segments: segmentsOf(moments).map((segment) => segment.map(point)),
    cuts: shots.slice(1).map(({ start }) => placeOf(start, span)),
    shots: shots.map(bar),
    faces: faceTracks.map((face) => ({ ...bar(face), track: face.track })),
    thresholds: thresholds && {
      fakeAbove: heightOf(thresholds.fakeAbove),
      realBelow: heightOf(thresholds.realBelow),
    },
    shares: SHARES.map((share) => ({ share, y: heightOf(share) })),
  };
}

/**
 * Round times to be named under the axis, in order, in seconds.
 * @param room how many of them there is space for, beside the first
 */
export function timeTicks({ start, end }: TimeSpan, room: number): number[] {
  const fits = Math.max(1, Math.floor(room));
  const length = end - start;
  const step = TICK_STEPS.find((one) => length / one <= fits) ?? Math.ceil(length / fits / HOUR) * HOUR;
  const first = Math.ceil(start / step);
  return Array.from({ length: Math.floor(end / step) - first + 1 }, (_, index) => (first + index) * step);
}

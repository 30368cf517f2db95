import { MAX_TIMELINE_MOMENTS } from '@touchstone/shared';
import { describeFrame, type FrameDescriptor, isCut } from '../fingerprint/cuts.ts';
import type { JudgedFace, JudgedMoment } from './judged-moment.ts';

/** Frames of one quarter of a second are one moment: a higher rate is never asked for. */
export const MOMENT_SECONDS = 0.25;

/** A moment as the timeline keeps it: one frame, or a few neighbours of one shot merged. */
export interface StoredMoment {
  /** Seconds; of the first frame. */
  readonly time: number;
  /** Seconds; of the last frame, equal to `time` unless merged. */
  readonly until: number;
  /** Mean log-odds of the frames. */
  readonly logit: number;
  /** Log-odds by a better pack, on the scale of the first one's thresholds. */
  readonly second: number | undefined;
  readonly frames: number;
  /** Of the last frame. */
  readonly seen: FrameDescriptor | undefined;
  readonly faces: readonly JudgedFace[];
  /** Whether a shot starts here. */
  readonly startsShot: boolean;
}

/** Moments of one video in order of media time. */
export interface MomentStore {
  /**
   * Takes a frame in.
   * @param startsShot what is known from elsewhere; where both neighbours have signatures, these decide
   * @returns the moment it makes, or the one that its time already has: loops and seeks count nothing twice
   */
  add(frame: JudgedMoment, startsShot?: boolean): StoredMoment;
  /** Adds a second opinion to the frame at this time; a moment that was merged meanwhile stays as it is. */
  addSecond(time: number, logit: number): void;
  all(): readonly StoredMoment[];
  /** Rises with every change. */
  revision(): number;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** @param capacity moments at most; beyond it the two neighbours that differ least are merged */
export function createMomentStore(capacity = MAX_TIMELINE_MOMENTS): MomentStore {
  const moments: Mutable<StoredMoment>[] = [];
  let revision = 0;

  return {
    add(frame, startsShot = false) {
      const { time, logit, signature, faces = [] } = frame;
      const next = firstAfter(moments, time);
      const seen = signature && describeFrame(signature);
      const known = sameMoment(moments, time, seen, next);
      if (known) return known;
      const before = moments[next - 1];
      const after = moments[next];
      const moment = { time, until: time, logit, second: undefined, frames: 1, seen, faces, startsShot };
      if (before?.seen && seen) moment.startsShot = isCut(before.seen, seen);
      if (after?.seen && seen) after.startsShot = isCut(seen, after.seen);
      moments.splice(next, 0, moment);
      if (moments.length > capacity) mergeNearest(moments);
      revision++;
      return moment;
    },
    addSecond(time, logit) {
      const moment = moments[firstAfter(moments, time) - 1];
      if (moment?.time !== time || moment.frames > 1) return;
      moment.second = logit;
      revision++;
    },
    all: () => moments,
    revision: () => revision,
  };
}

function firstAfter(moments: readonly StoredMoment[], time: number): number {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle]?.time ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

const slotOf = (time: number): number => Math.floor(time / MOMENT_SECONDS);

/** The moment that a frame repeats: it lies in the same quarter of a second, and no cut lies between. */
function sameMoment(
  moments: readonly StoredMoment[],
  time: number,
  seen: FrameDescriptor | undefined,
  next: number,
): StoredMoment | undefined {
  const slot = slotOf(time);
  const repeats = (moment: StoredMoment): boolean => moment.frames > 1 || !isCut(moment.seen, seen);
  for (let i = next - 1; i >= 0; i--) {
    const moment = moments[i];
    if (!moment || slotOf(moment.until) < slot) break;
    if (repeats(moment)) return moment;
  }
  for (let i = next; i < moments.length; i++) {
    const moment = moments[i];
    if (!moment || slotOf(moment.time) > slot) break;
    if (repeats(moment)) return moment;
  }
  return undefined;
}

/** Seconds of distance that weigh as much as one unit of log-odds when the neighbours to merge are chosen. */
const SECONDS_A_LOGIT = 2;
/** Neighbours across a cut are merged last. */
const ACROSS_A_CUT = 1e9;

function mergeNearest(moments: StoredMoment[]): void {
  let second = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < moments.length; i++) {
    const [a, b] = [moments[i - 1], moments[i]];
    if (!a || !b) continue;
    const apart = b.startsShot ? ACROSS_A_CUT : 0;
    const cost = b.until - a.time + SECONDS_A_LOGIT * Math.abs(a.logit - b.logit) + apart;
    if (cost >= least) continue;
    least = cost;
    second = i;
  }
  const [a, b] = [moments[second - 1], moments[second]];
  if (!a || !b) return;
  const frames = a.frames + b.frames;
  moments.splice(second - 1, 2, {
    time: a.time,
    until: b.until,
    logit: (a.logit * a.frames + b.logit * b.frames) / frames,
    second: a.second === undefined || b.second === undefined ? (a.second ?? b.second) : (a.second + b.second) / 2,
    frames,
    seen: b.seen,
    faces: a.faces.length > 0 ? a.faces : b.faces,
    startsShot: a.startsShot,
  });
}

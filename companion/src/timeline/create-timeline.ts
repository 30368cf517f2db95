import { logitOf, sigmoid } from '@touchstone/models';
import type {
  CaveatCode,
  FaceBox,
  FaceTrack,
  Timeline,
  TimelineMoment,
  TimelineShot,
  Verdict,
} from '@touchstone/shared';
import { type Decision, decide, type Thresholds } from './decide.ts';
import { type PooledFace, poolFaces } from './face-tracks.ts';
import type { JudgedFace, JudgedMoment } from './judged-moment.ts';
import { createMomentStore, type StoredMoment } from './moment-store.ts';
import { usefulRate } from './sampling-rate.ts';
import { isSettled, unseenSeconds } from './settled.ts';
import { type Shot, splitShots } from './shots.ts';
import { verdictOf } from './words.ts';

/** Half the width of the band around a frame's log-odds; see models/evaluation/video.md, "Bands". */
const BAND = 1.5;

export interface TimelineOptions {
  /** Of the pack that judges the frames. */
  readonly thresholds: Thresholds;
  /** Seconds; null for a live stream or where nobody knows. */
  readonly duration: number | null;
  /** Moments of an earlier run over the same video; they count like new ones. */
  readonly earlier?: readonly TimelineMoment[];
}

export interface TimelineVerdict {
  readonly verdict: Verdict;
  readonly shots: TimelineShot[];
  readonly faceTracks: FaceTrack[];
  /** Frames a second that would help, 0.5 to 4. */
  readonly wantedRate: number;
  /** No further frame can change the answer. */
  readonly settled: boolean;
}

/** The evidence of one video, over time: frames in, verdict out. No clock, no files, bounded memory. */
export interface VideoTimeline {
  /**
   * Takes a judged frame in, in any order.
   * @returns its moment; the one there was when this quarter of a second was seen before
   * @throws RangeError for a time or log-odds that is not a number, or a time below 0
   */
  add(judged: JudgedMoment): TimelineMoment;
  /** Puts other log-odds in the place of a moment's, for instance after a second opinion. A time without one is passed over. */
  revise(time: number, logit: number): void;
  /** What is known so far. @param caveats what else the reader must know, for instance `screenshot` or `video-truncated` */
  verdict(caveats?: readonly CaveatCode[]): TimelineVerdict;
  /** Everything seen, as a record keeps it. */
  snapshot(): Timeline;
}

export function createTimeline({ thresholds, duration, earlier = [] }: TimelineOptions): VideoTimeline {
  const store = createMomentStore();
  let shotBefore: number | undefined;
  for (const { time, probability, shot, faces } of earlier.toSorted((a, b) => a.time - b.time)) {
    store.add(
      { time, logit: boundedLogit(probability), faces: faces.map(judgedFace) },
      shotBefore !== undefined && shot !== shotBefore,
    );
    shotBefore = shot;
  }

  let known: { revision: number; state: State } | undefined;
  function state(): State {
    if (known?.revision !== store.revision()) {
      const moments = store.all();
      const shots = splitShots(moments);
      const faces = poolFaces(moments);
      const decision = decide(moments, shots, faces, thresholds, duration);
      const framesAnalyzed = shots.reduce((sum, { frames }) => sum + frames, 0);
      known = { revision: store.revision(), state: { moments, shots, faces, decision, framesAnalyzed } };
    }
    return known.state;
  }

  function caveatsNow({ moments, decision }: State, caveats: readonly CaveatCode[]): CaveatCode[] {
    const all: CaveatCode[] = [...caveats, 'video-frames-recompressed'];
    if (!decision.enough) all.unshift('video-few-frames');
    if (duration !== null && unseenSeconds(moments, duration) > 0) all.push('video-part-seen');
    if (moments.some(({ faces }) => faces.length > 0)) all.push('face-swap-not-covered');
    return all;
  }

  return {
    add(judged) {
      const { time, logit } = judged;
      if (!(time >= 0) || !Number.isFinite(time) || !Number.isFinite(logit)) {
        throw new RangeError(`no moment of a video: time ${time}, log-odds ${logit}`);
      }
      const moment = store.add(judged);
      const shot = state().shots.findIndex(({ start, end }) => start <= moment.time && moment.time <= end);
      return asMoment(moment, Math.max(0, shot));
    },
    revise(time, logit) {
      if (Number.isFinite(logit)) store.revise(time, logit);
    },
    verdict(caveats = []) {
      const now = state();
      const settled = isSettled(now.decision, now.moments, now.shots, thresholds, duration);
      return {
        verdict: verdictOf(now.decision, now.framesAnalyzed, caveatsNow(now, caveats)),
        shots: now.shots.map(asShot),
        faceTracks: now.faces.map(asTrack),
        wantedRate: usefulRate(now.decision, thresholds, settled),
        settled,
      };
    },
    snapshot() {
      const { shots, faces, framesAnalyzed } = state();
      return {
        duration,
        framesAnalyzed,
        moments: shots.flatMap(({ moments }, shot) => moments.map((moment) => asMoment(moment, shot))),
        shots: shots.map(asShot),
        faceTracks: faces.map(asTrack),
        thresholds: { fakeAbove: thresholds.fakeAbove, realBelow: thresholds.realBelow },
        stoppedEarly: false,
      };
    },
  };
}

interface State {
  readonly moments: readonly StoredMoment[];
  readonly shots: readonly Shot[];
  readonly faces: readonly PooledFace[];
  readonly decision: Decision;
  readonly framesAnalyzed: number;
}

const MARGIN = 1e-6;
const boundedLogit = (probability: number): number => logitOf(Math.min(1 - MARGIN, Math.max(MARGIN, probability)));

function judgedFace({ probability, ...box }: FaceBox): JudgedFace {
  return { ...box, ...(probability !== undefined && { logit: boundedLogit(probability) }) };
}

function asMoment({ time, logit, frames, faces }: StoredMoment, shot: number): TimelineMoment {
  const band = BAND / Math.sqrt(frames);
  return {
    time,
    probability: sigmoid(logit),
    low: sigmoid(logit - band),
    high: sigmoid(logit + band),
    shot,
    faces: faces.map(({ logit: own, ...box }) => ({ ...box, ...(own !== undefined && { probability: sigmoid(own) }) })),
  };
}

function asShot({ start, end, logit, frames }: Shot): TimelineShot {
  return { start, end, frames, probability: sigmoid(logit) };
}

function asTrack({ track, start, end, frames, probability }: PooledFace): FaceTrack {
  return { track, start, end, frames, probability };
}

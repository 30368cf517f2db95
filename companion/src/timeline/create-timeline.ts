import { logitOf, sigmoid } from '@touchstone/models';
import type { FaceBox, FaceTrack, Timeline, TimelineMoment, TimelineShot } from '@touchstone/shared';
import { scaleMarks } from '@touchstone/shared/present';
import { type PooledFace, poolFaces } from './face-tracks.ts';
import { findingsOf, generatedAbove, type Thresholds, type TimelineFindings } from './findings.ts';
import type { JudgedFace, JudgedMoment } from './judged-moment.ts';
import { createMomentStore, type StoredMoment } from './moment-store.ts';
import { usefulRate } from './sampling-rate.ts';
import { ENOUGH, opinionsIn } from './second-opinions.ts';
import { isSettled } from './settled.ts';
import { type SeenShot, type Shot, splitShots } from './shots.ts';
import { type UnsureShot, unsureShots } from './unsure-shots.ts';

/** Half the width of the band around a frame's log-odds; see models/evaluation/video.md, "Bands". */
const BAND = 1.5;

/** Log-odds around a threshold within which second opinions of playing video go on. */
const NEAR = 1;

export interface TimelineOptions {
  /** Of the pack that judges the frames. */
  readonly thresholds: Thresholds;
  /** Seconds; null for a live stream or where nobody knows. */
  readonly duration: number | null;
  /** Moments of an earlier run over the same video; they count like new ones. */
  readonly earlier?: readonly TimelineMoment[];
}

/** What is known of a video so far. */
export interface SeenSoFar {
  readonly findings: TimelineFindings;
  readonly shots: TimelineShot[];
  readonly faceTracks: FaceTrack[];
  /** Frames a second that would help, 0.5 to 4. */
  readonly wantedRate: number;
  /** No further frame can change the answer. */
  readonly settled: boolean;
}

/** The evidence of one video, over time: frames in, findings out. No verdict, no clock, no files, bounded memory. */
export interface VideoTimeline {
  /**
   * Takes a judged frame in, in any order.
   * @returns its moment; the one there was when this quarter of a second was seen before
   * @throws RangeError for a time or log-odds that is not a number, or a time below 0
   */
  add(judged: JudgedMoment): TimelineMoment;
  /**
   * Takes what a better pack says of a moment. It corrects its whole shot; to call it generated takes three of them.
   * @param time of a moment; others are passed over
   * @param logit log-odds on the scale of the thresholds given here (packs/pack-scale.ts)
   */
  addSecond(time: number, logit: number): void;
  /** Whether a second opinion on the moment at this time would help: its shot has too few, or the verdict is near a threshold. */
  wantsSecond(time: number): boolean;
  /** Which shots need second opinions most, for one who can choose among frames that were seen already. */
  unsure(): UnsureShot[];
  seen(): SeenSoFar;
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
      const shots = splitShots(store.all(), generatedAbove(thresholds));
      const moments = shots.flatMap((shot) => shot.moments);
      // Crops have the word of the first pack only, and are compared with the same.
      const faces = poolFaces(store.all());
      const findings = findingsOf(moments, shots, faces, thresholds, duration);
      known = { revision: store.revision(), state: { shots, faces, findings } };
    }
    return known.state;
  }

  const shotAt = (time: number): number =>
    Math.max(
      0,
      state().shots.findIndex(({ start, end }) => start <= time && time <= end),
    );
  const isNear = (logit: number): boolean =>
    [thresholds.fakeAbove, thresholds.realBelow].some((p) => Math.abs(logit - logitOf(p)) < NEAR);

  return {
    add(judged) {
      const { time, logit } = judged;
      if (!(time >= 0) || !Number.isFinite(time) || !Number.isFinite(logit)) {
        throw new RangeError(`no moment of a video: time ${time}, log-odds ${logit}`);
      }
      const moment = store.add(judged);
      const shot = shotAt(moment.time);
      const shown = state().shots[shot]?.moments.find(({ time: own }) => own === moment.time);
      return asMoment(shown ?? moment, shot);
    },
    addSecond(time, logit) {
      if (Number.isFinite(logit)) store.addSecond(time, logit);
    },
    wantsSecond(time) {
      const shot = state().shots[shotAt(time)];
      const opinions = shot ? opinionsIn(shot.moments) : 0;
      return opinions < ENOUGH || (shot !== undefined && isNear(shot.logit));
    },
    unsure: () => unsureShots(state().shots, generatedAbove(thresholds)),
    seen() {
      const { findings, shots, faces } = state();
      const settled = isSettled(findings, shots, thresholds, duration);
      return {
        findings,
        shots: shots.map(asShot),
        faceTracks: faces.map(asTrack),
        wantedRate: usefulRate(findings, thresholds, settled),
        settled,
      };
    },
    snapshot() {
      const { shots, faces, findings } = state();
      return {
        duration,
        framesAnalyzed: findings.framesAnalyzed,
        moments: shots.flatMap(({ moments }, shot) => moments.map((moment) => asMoment(moment, shot))),
        shots: shots.map(asShot),
        faceTracks: faces.map(asTrack),
        thresholds: scaleMarks(thresholds),
        stoppedEarly: false,
      };
    },
  };
}

interface State {
  readonly shots: readonly SeenShot[];
  readonly faces: readonly PooledFace[];
  readonly findings: TimelineFindings;
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

import { availableParallelism } from 'node:os';
import type { RawPicture } from '@touchstone/models';
import {
  MAX_TIMELINE_PEAKS,
  type PackIdentity,
  type ResultRecord,
  TouchstoneError,
  throwIfCancelled,
} from '@touchstone/shared';
import type { JudgedFrame } from '../analysis/frame-judge.ts';
import { releasePixels } from '../decode/release-pixels.ts';
import { makeMiniature } from '../fingerprint/miniature.ts';
import { onScaleOf } from '../packs/pack-scale.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { createTimeline, type VideoTimeline } from '../timeline/create-timeline.ts';
import type { TimelineFindings } from '../timeline/findings.ts';
import { wordOfFrames } from '../verdict/fuse.ts';
import { FLAT_FROM } from '../verdict/picture-facts.ts';
import { createPeaks, type Peak } from '../video/peaks.ts';
import { watchFaces } from '../video/watch-faces.ts';
import { createConcurrencyLimit } from './concurrency-limit.ts';
import type { VideoEvent } from './decode-video.ts';
import type { VideoFacts } from './protocol.ts';
import { createSecondLooks } from './second-looks.ts';

/** What was seen of a video file. */
export interface VideoAnalysis {
  readonly facts: VideoFacts;
  readonly timeline: VideoTimeline;
  readonly findings: TimelineFindings;
  readonly pack: JudgedFrame['pack'];
  readonly provider: ResultRecord['provider'];
  readonly tiers: ReadonlySet<PackIdentity['tier']>;
  /** With the frame at thumbnail size. */
  readonly peaks: readonly Peak<RawPicture>[];
  /** Perceptual hash of the frame nearest to the middle. */
  readonly middleHash: string;
  /** Middle value over all frames that counted, 0..1. */
  readonly flatness: number;
  /** More frames were left out for being flat than counted. */
  readonly mostlyFlat: boolean;
  /** The file broke off or could not be decoded in parts. */
  readonly damaged: boolean;
  /** The rest could not have changed the verdict and was left out. */
  readonly stoppedEarly: boolean;
  /** Milliseconds: inside the decoder, and of judging summed over frames that were judged side by side. */
  readonly timings: { readonly decode: number; readonly inference: number };
}

export interface VideoAnalysisProgress {
  readonly framesAnalyzed: number;
  readonly framesPlanned: number;
  /** Seconds. */
  readonly mediaTime: number;
  /** After the last frame: looks of the thorough pack that are done, and how many there may be. */
  readonly looks?: { readonly done: number; readonly most: number };
}

export interface JudgeFramesOptions {
  readonly pipeline: Pick<Pipeline, 'judgeFrame' | 'faces'>;
  readonly pack?: string | undefined;
  readonly client: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: VideoAnalysisProgress) => void) | undefined;
}

/**
 * Frames under the model at the same time. On two cores one after the other is fastest (30 frames: 1.6 s; two side by side
 * 2.2 s, four 3.7 s), because preparing one takes the cores from the model's threads; more cores have room for more.
 */
const JUDGED_AT_ONCE = Math.max(1, Math.min(4, Math.floor(availableParallelism() / 4)));
/** And one more whose faces are looked for meanwhile, in a thread of its own. */
const UNDER_WAY = JUDGED_AT_ONCE + 1;
/** Samples of a video this many seconds apart leave room for an insert that nobody sees. */
const WIDE_INTERVAL = 0.75;
/**
 * Frames of one file that the thorough pack looks at too: on video it is far better than the quick one, three frames say as
 * much as all of a shot (models/evaluation/video.md), and each costs as much as several of the quick one.
 */
export const SECOND_LOOKS = 12;

/** Frames of which one is looked at for faces: every three seconds of a short video. A look takes 20 to 50 ms of a core. */
const FACES_ONE_IN = 6;

/** Peaks of one file at most. */
const PEAKS = Math.min(6, MAX_TIMELINE_PEAKS);
/** They lie at least this far apart, in parts of the duration, so that one bad second does not fill all places; */
const PEAKS_APART = 1 / 20;
/** and this, in seconds. */
const PEAKS_LEAST_APART_SECONDS = 1;

/** Frames that must still be to come for an early end to be worth telling about. */
const WORTH_STOPPING = 8;

/**
 * Judges frames as they are decoded, few side by side. A long video ends early once nothing can change any more; of
 * a short one the whole timeline is worth its seconds.
 * @throws TouchstoneError of the decoder or the judge; the first one ends the work
 */
export async function judgeFrames(
  events: AsyncIterable<VideoEvent>,
  options: JudgeFramesOptions,
): Promise<VideoAnalysis> {
  const { pipeline, pack, client, signal, onProgress } = options;
  const model = createConcurrencyLimit(JUDGED_AT_ONCE);
  const looks = createSecondLooks(pack === undefined ? SECOND_LOOKS : 0);
  const underWay = new Set<Promise<void>>();
  let state: State | undefined;
  let failure: unknown;
  let damaged = true;
  let stoppedEarly = false;
  let decodeMs = 0;
  let judgedFrames = 0;
  let reached = 0;
  let looked = 0;
  let last: Promise<void> = Promise.resolve();
  const faces = watchFaces({
    finder: pipeline.faces,
    judge: (frame, request) => pipeline.judgeFrame(frame, { ...request, pack }),
    lane: 'asked',
    oneIn: FACES_ONE_IN,
    client,
    ...(signal && { signal }),
  });

  /** @param before done with the frame before: the same file gives the same answer only if all follow in order */
  async function judgeOne(
    event: Extract<VideoEvent, { type: 'frame' }>,
    facts: VideoFacts,
    before: Promise<void>,
  ): Promise<void> {
    const request = { lane: 'asked', client, signal, pack } as const;
    const judged = await model.run(() => pipeline.judgeFrame(event.picture, request), signal);
    await before;
    await take(event.time, judged, facts);
    judgedFrames++;
    reached = Math.max(reached, event.time);
    tell(facts, event.time);
  }

  function tell({ expectedFrames }: VideoFacts, mediaTime: number, looks?: VideoAnalysisProgress['looks']): void {
    const framesPlanned = Math.max(expectedFrames, judgedFrames);
    onProgress?.({ framesAnalyzed: judgedFrames, framesPlanned, mediaTime, ...(looks && { looks }) });
  }

  /** Black frames and title cards say nothing beside others, as in a page; a video of them alone is told by them. */
  async function take(time: number, judged: JudgedFrame, facts: VideoFacts): Promise<void> {
    const isFlat = judged.flatness >= FLAT_FROM;
    if (!state || (state.isFlat && !isFlat)) state = startState(facts, judged, isFlat, state);
    if (isFlat && !state.isFlat) {
      state.passOver(judged);
      releasePixels(judged.pixels);
      return;
    }
    const seen = state;
    const found = isFlat ? [] : await faces.look(time, judged);
    const shot = seen.take(time, judged, found);
    if (isFlat) releasePixels(judged.pixels);
    else looks.offer(shot, time, judged.pixels);
  }

  /** The thorough pack's word on a frame, on the quick one's scale; undefined when there is no such pack, or it fails. */
  async function lookAgain(picture: RawPicture, seen: State): Promise<number | undefined> {
    const request = { lane: 'asked', tier: 'thorough', client, signal } as const;
    // The frame has its answer; a second one that fails changes nothing.
    const second = await pipeline.judgeFrame(picture, request).catch(() => undefined);
    throwIfCancelled(signal);
    return second && seen.secondLogit(second);
  }

  async function secondLooks(seen: State, onLook?: () => void): Promise<void> {
    if (pack !== undefined) return;
    await looks.run(seen.timeline, async (picture) => {
      const logit = await lookAgain(picture, seen);
      if (logit === undefined) return undefined;
      looked++;
      onLook?.();
      return logit;
    });
  }

  /** Whether nothing that is still to come can change the answer; asks the thorough pack before it says so. */
  async function isDecided(facts: VideoFacts, seen: State | undefined): Promise<boolean> {
    if (!isLong(facts) || facts.expectedFrames - sent <= WORTH_STOPPING) return false;
    if (!seen?.settled() || seen.isFlat) return false;
    await secondLooks(seen);
    return seen.settled();
  }

  let facts: VideoFacts | undefined;
  let sent = 0;
  try {
    for await (const event of events) {
      if (event.type === 'opened') facts = event.facts;
      else if (event.type === 'end') {
        damaged = event.damaged;
        decodeMs = (event.timings?.decode ?? 0) + (event.timings?.scale ?? 0);
      } else if (facts) {
        sent++;
        const work = judgeOne(event, facts, last)
          .catch((error: unknown) => {
            failure ??= error;
          })
          .finally(() => underWay.delete(work));
        underWay.add(work);
        last = work;
        if (underWay.size >= UNDER_WAY) await Promise.race(underWay);
        if (failure) throw failure;
        if (await isDecided(facts, state)) {
          stoppedEarly = true;
          damaged = false;
          break;
        }
      }
    }
    await Promise.all(underWay);
    if (failure) throw failure;
    if (!facts || !state) throw new TouchstoneError('video-unreadable', 'not one frame could be judged');
    const opened = facts;
    const before = looked;
    const most = SECOND_LOOKS - before;
    await secondLooks(state, () => tell(opened, reached, { done: looked - before, most }));
    return { ...state.analysis(), facts, damaged, stoppedEarly, timings: { decode: decodeMs, ...state.timings() } };
  } finally {
    looks.close();
  }
}

/** Looked at in wide steps. */
export const isLong = ({ interval }: VideoFacts): boolean => interval > WIDE_INTERVAL;

type State = ReturnType<typeof startState>;

interface FlatFrames {
  count(): number;
  timings(): { readonly inference: number };
}

/**
 * What grows with each frame; starts with the first, because only that one names the pack.
 * @param isFlat whether it holds flat frames, which give way to the first other one
 * @param before flat frames that gave way
 */
function startState({ duration }: VideoFacts, first: JudgedFrame, isFlat: boolean, before?: FlatFrames) {
  const { thresholds } = first.pack.manifest;
  const timeline = createTimeline({ thresholds, duration });
  const apart = Math.max(PEAKS_LEAST_APART_SECONDS, (duration ?? 0) * PEAKS_APART);
  const peaks = createPeaks<RawPicture>({ most: PEAKS, apart });
  const tiers = new Set<PackIdentity['tier']>();
  const flat: number[] = [];
  const middle = (duration ?? 0) / 2;
  let nearest = { distance: Number.POSITIVE_INFINITY, hash: first.signature.hash };
  let inference = before?.timings().inference ?? 0;
  let passedOver = before?.count() ?? 0;

  return {
    timeline,
    isFlat,
    passOver(flatFrame: JudgedFrame): void {
      passedOver++;
      inference += flatFrame.timings.inference;
    },
    /** @returns index of the shot that the frame lies in */
    take(time: number, judged: JudgedFrame, faces: Parameters<VideoTimeline['add']>[0]['faces']): number {
      const { shot } = timeline.add({ time, logit: judged.logit, signature: judged.signature, faces });
      peaks.offer(time, judged.logit, () => makeMiniature(judged.pixels));
      tiers.add(judged.pack.manifest.tier);
      flat.push(judged.flatness);
      const distance = Math.abs(time - middle);
      if (distance < nearest.distance) nearest = { distance, hash: judged.signature.hash };
      inference += judged.timings.inference;
      return shot;
    },
    /** Log-odds on the first pack's scale; undefined where no thorough pack judged. */
    secondLogit(second: JudgedFrame): number | undefined {
      inference += second.timings.inference;
      const { tier, thresholds: own } = second.pack.manifest;
      if (tier !== 'thorough' || first.pack.manifest.tier === 'thorough') return undefined;
      tiers.add(tier);
      return onScaleOf(thresholds, own, second.logit);
    },
    count: () => flat.length,
    /** A part that is named must be seen to its end, or its end is named wrongly. */
    settled(): boolean {
      const { settled, findings } = timeline.seen();
      return settled && wordOfFrames(findings, thresholds).names === undefined;
    },
    timings: () => ({ inference }),
    analysis: () => ({
      timeline,
      findings: timeline.seen().findings,
      pack: first.pack,
      provider: first.provider,
      tiers,
      peaks: peaks.all(),
      middleHash: nearest.hash,
      flatness: flat.toSorted((a, b) => a - b)[flat.length >> 1] ?? 0,
      mostlyFlat: passedOver > flat.length,
    }),
  };
}

import { availableParallelism } from 'node:os';
import type { RawPicture } from '@touchstone/models';
import { type PackIdentity, type ResultRecord, TouchstoneError, throwIfCancelled } from '@touchstone/shared';
import type { FrameRequest, JudgedFrame } from '../analysis/frame-judge.ts';
import { releasePixels } from '../decode/release-pixels.ts';
import type { BlendingSeen } from '../faces/faces-seen.ts';
import { createConcurrencyLimit } from '../lanes/concurrency-limit.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { VideoTimeline } from '../timeline/create-timeline.ts';
import type { TimelineFindings } from '../timeline/findings.ts';
import { FLAT_FROM } from '../verdict/picture-facts.ts';
import type { Peak } from '../video/peaks.ts';
import { askSecondOpinion } from '../video/second-opinion.ts';
import { watchBlending } from '../video/watch-blending.ts';
import { watchFaces } from '../video/watch-faces.ts';
import type { VideoEvent } from './decode-video.ts';
import { createKeptFrames } from './kept-frames.ts';
import { createOrderedWork } from './ordered-work.ts';
import type { VideoFacts } from './protocol.ts';
import { type SeenFrames, startSeenFrames } from './seen-frames.ts';

/** What was seen of a video file. */
export interface VideoAnalysis {
  readonly facts: VideoFacts;
  readonly timeline: VideoTimeline;
  readonly findings: TimelineFindings;
  /** Absent where no face was looked at often enough. */
  readonly blending: BlendingSeen | undefined;
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
  /** After the last frame: questions to the thorough pack that are answered, and how many there may be. */
  readonly looks?: { readonly done: number; readonly most: number };
}

export interface JudgeFramesOptions {
  readonly pipeline: Pick<Pipeline, 'judgeFrame' | 'judgeFace' | 'faces'>;
  readonly pack?: string | undefined;
  readonly choices?: FrameRequest['choices'];
  readonly client: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: VideoAnalysisProgress) => void) | undefined;
}

/**
 * Frames being judged at the same time: while the model looks at one, the next is prepared. Each alone takes as much processor time, but
 * one after the other left a core idle for a third of it; more cores have room for more.
 */
const JUDGED_AT_ONCE = Math.max(2, Math.min(4, Math.floor(availableParallelism() / 4)));
/** And one more whose faces are looked for meanwhile, in a thread of its own. */
const UNDER_WAY = JUDGED_AT_ONCE + 1;
/** Samples of a video this many seconds apart leave room for an insert that nobody sees. */
const WIDE_INTERVAL = 0.75;
/**
 * Frames of one file that the thorough pack looks at too: on video it is far better than the quick one, three frames say as
 * much as all of a shot (models/evaluation/video.md), and each costs as much as several of the quick one.
 */
export const SECOND_OPINIONS = 12;

/** Frames of which one is looked at for faces: every three seconds of a short video. A look takes 20 to 50 ms of a core. */
const FACES_ONE_IN = 6;
/** While a face lacks looks for a word about blending: every second of a short video, so that six seconds of a face are not too few. */
const FACES_ONE_IN_WANTED = 2;

/** Frames that must still be to come for an early end to be worth telling about. */
const WORTH_STOPPING = 8;

type FrameEvent = Extract<VideoEvent, { type: 'frame' }>;
type Progress = Omit<VideoAnalysisProgress, 'framesPlanned'>;

/**
 * Judges frames as they are decoded, few side by side. A long video ends early once nothing can change any more; of
 * a short one the whole timeline is worth its seconds.
 * @throws TouchstoneError of the decoder or the judge; the first one ends the work
 */
export async function judgeFrames(
  events: AsyncIterable<VideoEvent>,
  options: JudgeFramesOptions,
): Promise<VideoAnalysis> {
  const work = createOrderedWork(UNDER_WAY);
  let video: OpenVideo | undefined;
  let sent = 0;
  let stoppedEarly = false;
  let end: Pick<VideoAnalysis, 'damaged'> & { readonly decode: number } = { damaged: true, decode: 0 };
  try {
    for await (const event of events) {
      if (event.type === 'opened') video = openVideo(event.facts, options);
      else if (event.type === 'end') {
        const { decode = 0, scale = 0 } = event.timings ?? {};
        end = { damaged: event.damaged, decode: decode + scale };
      } else if (video) {
        const { judge, isDecided } = video;
        sent++;
        await work.add((before) => judge(event, before));
        if (await isDecided(sent)) {
          stoppedEarly = true;
          end = { damaged: false, decode: 0 };
          break;
        }
      }
    }
    await work.finish();
    const seen = video?.seen();
    if (!video || !seen) throw new TouchstoneError('video-unreadable', 'not one frame could be judged');
    await video.askOpinions(seen, 'told');
    const timings = { decode: end.decode, ...seen.timings() };
    const blending = video.blending();
    return { ...seen.analysis(), blending, facts: video.facts, damaged: end.damaged, stoppedEarly, timings };
  } finally {
    video?.close();
  }
}

/** Looked at in wide steps. */
export const isLong = ({ interval }: VideoFacts): boolean => interval > WIDE_INTERVAL;

type OpenVideo = ReturnType<typeof openVideo>;

/** Takes the frames of one video in, and asks the thorough pack about some. */
function openVideo(facts: VideoFacts, { pipeline, pack, choices, client, signal, onProgress }: JudgeFramesOptions) {
  const work = new AbortController();
  const request = { lane: 'asked', client, choices, work: work.signal, signal } as const;
  const model = createConcurrencyLimit(JUDGED_AT_ONCE);
  const kept = createKeptFrames(pack === undefined ? SECOND_OPINIONS : 0);
  // A pack that somebody names works alone.
  const blending =
    pack === undefined ? watchBlending(pipeline.judgeFace, { lane: request.lane, client, choices, signal }) : undefined;
  const faces = watchFaces({
    finder: pipeline.faces,
    judge: (frame, one) => pipeline.judgeFrame(frame, { ...one, pack, choices, work: work.signal }),
    lane: request.lane,
    oneIn: (time) => (blending?.lacks(time) ? FACES_ONE_IN_WANTED : FACES_ONE_IN),
    client,
    ...(signal && { signal }),
  });
  let seen: SeenFrames | undefined;
  let judged = 0;
  let asked = 0;
  /** Seconds. */
  let reached = 0;

  const tell = (progress: Progress): void =>
    onProgress?.({ ...progress, framesPlanned: Math.max(facts.expectedFrames, judged) });

  /** Black frames and title cards say nothing beside others, as in a page; a video of them alone is told by them. */
  async function take(time: number, frame: JudgedFrame): Promise<void> {
    const isFlat = frame.flatness >= FLAT_FROM;
    if (!seen || (seen.isFlat && !isFlat)) seen = startSeenFrames(facts, frame, isFlat, seen);
    if (isFlat && !seen.isFlat) {
      seen.passOver(frame);
      releasePixels(frame.pixels);
      return;
    }
    const current = seen;
    const found = isFlat ? [] : await faces.look(time, frame);
    await blending?.look(time, found, frame.pixels);
    const shot = current.take(time, frame, found);
    if (isFlat) releasePixels(frame.pixels);
    else kept.offer(shot, time, frame.pixels);
  }

  /** @param progress `told`: each answer is told of */
  async function askOpinions(about: SeenFrames, progress?: 'told'): Promise<void> {
    if (pack !== undefined) return;
    const before = asked;
    await kept.run(about.timeline, async (picture) => {
      const opinion = await askSecondOpinion(pipeline, picture, about.pack, request);
      throwIfCancelled(signal);
      if (opinion === undefined || opinion === 'no-pack') return undefined;
      about.addOpinion(opinion);
      asked++;
      const looks = { done: asked - before, most: SECOND_OPINIONS - before };
      if (progress) tell({ framesAnalyzed: judged, mediaTime: reached, looks });
      return opinion.logit;
    });
  }

  return {
    facts,
    seen: () => seen,
    blending: () => blending?.seen(),
    askOpinions,
    /** @param before done with the frame before */
    async judge(event: FrameEvent, before: Promise<void>): Promise<void> {
      const frame = await model.run(() => pipeline.judgeFrame(event.picture, { ...request, pack }), { signal });
      await before;
      await take(event.time, frame);
      judged++;
      reached = Math.max(reached, event.time);
      tell({ framesAnalyzed: judged, mediaTime: event.time });
    },
    /** Whether nothing that is still to come can change the answer; asks the thorough pack before it says so. */
    async isDecided(sent: number): Promise<boolean> {
      if (!isLong(facts) || facts.expectedFrames - sent <= WORTH_STOPPING) return false;
      if (!seen?.settled() || seen.isFlat) return false;
      await askOpinions(seen);
      return seen.settled();
    },
    close() {
      work.abort();
      kept.close();
    },
  };
}

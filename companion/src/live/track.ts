import type { Pack } from '@touchstone/models';
import {
  type CaptureSource,
  type CaveatCode,
  type ResultRecord,
  type TimelineMoment,
  TouchstoneError,
  type TrackFrame,
  type TrackOpen,
  type TrackUpdate,
  throwIfCancelled,
} from '@touchstone/shared';
import type { Logger } from 'pino';
import { ulid } from 'ulid';
import type { JudgedFrame } from '../analysis/frame-judge.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { History } from '../store/record-store.ts';
import { createTimeline, type VideoTimeline } from '../timeline/create-timeline.ts';
import { fuseVideo } from '../verdict/fuse-video.ts';
import { FLAT_FROM } from '../verdict/picture-facts.ts';
import { blendingEvidence } from '../verdict/video-evidence.ts';
import { createPeaks } from '../video/peaks.ts';
import { type BlendingWatch, watchBlending } from '../video/watch-blending.ts';
import { type FaceWatcher, watchFaces } from '../video/watch-faces.ts';
import { checkFrame } from './frame-check.ts';
import { type KeptFrame, keepFrame } from './kept-frame.ts';
import type { LiveOpinions } from './live-opinions.ts';
import { createSentMoments } from './sent-moments.ts';
import { trackRecord } from './track-record.ts';

/** The rooms a track needs. */
export interface LiveRooms {
  readonly pipeline: Pipeline;
  readonly log: History;
  readonly settings: SettingsStore;
  readonly logger: Logger;
  readonly liveOpinions: LiveOpinions;
  /** Who sends the frames. */
  readonly client: string;
  /** Whose browser that is; the same for all where there is one person alone. */
  readonly owner: string;
  /** Frames a second that can be answered now. */
  affordable(): number;
  /** Nothing else of this client is being judged. */
  idle(): boolean;
}

/** One playing video while it is watched. */
export interface Track {
  /** Of a private window: never written. */
  readonly isPrivate: boolean;
  /** Another connection of the same browser goes on with it. @param known moments that the browser remembers */
  moveTo(rooms: LiveRooms, known: readonly TimelineMoment[]): void;
  /** What is known, as the answer to `id`. */
  update(id: number): TrackUpdate;
  /** Judges a frame. @throws TouchstoneError for one that cannot be */
  frame(message: TrackFrame, signal: AbortSignal): Promise<TrackUpdate>;
  /**
   * Ends the track and begins to write its record at once. The same record every time.
   * @returns undefined when no frame was judged
   * @throws TouchstoneError `log-failed`
   */
  end(): Promise<ResultRecord | undefined>;
}

/** Until the first frame is judged nobody knows the pack, and no verdict but "uncertain" is given. */
const NO_PACK = {
  name: '',
  version: '',
  tier: 'quick',
  thresholds: { fakeAbove: 1, realBelow: 0 },
  minimumSide: 0,
} as const;

/** Of a playing video: nearer than this they show the same. */
const PEAKS = { most: 4, apart: 2 } as const;

export function createTrack(open: TrackOpen, given: LiveRooms): Track {
  const { pipeline, log, settings, liveOpinions } = given;
  let rooms = given;
  const source: CaptureSource = { ...open.source, kind: 'video' };
  const duration = open.duration !== null && Number.isFinite(open.duration) ? open.duration : null;
  const at = Date.now();
  const end = new AbortController();
  const peaks = createPeaks<KeptFrame>(PEAKS);
  const timings = { queue: 0, decode: 0, evidence: 0, inference: 0, total: 0 };
  let quickOnly = true;
  /** Of the largest frame so far, in pixels. */
  let shorterSide = 0;
  /** Frames that said nothing, by the reason. */
  const passedOver = new Map<CaveatCode, number>();
  let path: TrackFrame['path'] = source.path === 'screenshot' ? 'screenshot' : 'canvas';
  let timeline = start(NO_PACK.thresholds);
  let judgedBy: { readonly pack: Pack; readonly provider: string } | undefined;
  let faces: FaceWatcher | undefined;
  let blending: BlendingWatch | undefined;
  let record: ResultRecord | undefined;
  let writing: Promise<ResultRecord | undefined> | undefined;
  let judgedFrames = 0;
  let sent = createSentMoments(open.resume);
  /** Something was judged otherwise since the last answer about a frame. */
  let revisedSince = false;

  function start(thresholds: { fakeAbove: number; realBelow: number }): VideoTimeline {
    const earlier = open.resume.filter(({ time }) => Number.isFinite(time));
    return createTimeline({ thresholds, duration, earlier });
  }

  function update(id: number): TrackUpdate {
    const { findings, shots, faceTracks, wantedRate } = timeline.seen();
    const { verdict } = judgement();
    const rate = Math.max(SLOWEST_RATE, Math.min(wantedRate, rooms.affordable()));
    return {
      type: 'track-update',
      id,
      track: open.track,
      verdict,
      framesAnalyzed: findings.framesAnalyzed,
      shots,
      faceTracks,
      wantedRate: rate,
    };
  }

  function judgement(): ReturnType<typeof fuseVideo> {
    const pack = judgedBy?.pack.manifest ?? NO_PACK;
    const { minimumSide } = pack;
    const facts = { path, kind: 'video', shorterSide, minimumSide, frames: 1, jpegQuality: undefined } as const;
    // Flat frames were passed over, so none of those that count holds the verdict back.
    const rest = { flatness: 0, quickOnly, disagree: false };
    const faces = blending?.seen();
    const blended = faces && blendingEvidence(faces);
    const seen = { ...facts, ...rest, facesClear: faces !== undefined && !blended };
    return fuseVideo(timeline.seen().findings, blended ? [blended] : [], pack, seen, passedOverOften());
  }

  /** One title card is no caveat; a video of little else is. */
  function passedOverOften(): CaveatCode[] {
    return [...passedOver].filter(([, count]) => count > judgedFrames).map(([code]) => code);
  }

  /** Why a frame says nothing: black, a title card, or smaller than the pack was measured on. */
  function unjudgeable({ flatness, width, height, pack }: JudgedFrame): CaveatCode | undefined {
    if (Math.min(width, height) < pack.manifest.minimumSide) return 'very-small-picture';
    return flatness >= FLAT_FROM ? 'flat-graphic' : undefined;
  }

  async function judged(message: TrackFrame, frame: JudgedFrame, signal: AbortSignal): Promise<TrackUpdate> {
    const { id, mediaTime, bytes } = message;
    if (message.path === 'screenshot') path = 'screenshot';
    if (!judgedBy) timeline = start(frame.pack.manifest.thresholds);
    judgedBy = { pack: frame.pack, provider: frame.provider };
    timings.queue += frame.timings.queue;
    timings.decode += frame.timings.decode;
    timings.inference += frame.timings.inference;
    shorterSide = Math.max(shorterSide, Math.min(frame.width, frame.height));
    const limit = unjudgeable(frame);
    if (limit) {
      passedOver.set(limit, (passedOver.get(limit) ?? 0) + 1);
      return update(id);
    }
    const began = performance.now();
    faces ??= watchFaces({
      finder: pipeline.faces,
      judge: (face, request) => pipeline.judgeFrame(face, { ...request, work: end.signal }),
      lane: 'live',
      client: rooms.client,
      signal: end.signal,
    });
    const keepPicture = !source.private && settings.current().keepThumbnails;
    const kept = peaks.offer(mediaTime, frame.logit, () => keepFrame(frame, bytes, keepPicture));
    const [found] = await Promise.all([rooms.idle() ? faces.look(mediaTime, frame) : [], kept?.encoded]);
    if (rooms.idle()) {
      blending ??= watchBlending(pipeline.judgeFace, { lane: 'live', client: rooms.client, signal: end.signal });
      // Nobody waits for it: it costs as much as a second opinion.
      void blending.look(mediaTime, found, frame.pixels);
    }
    timings.evidence += performance.now() - began;
    throwIfCancelled(signal);
    throwIfCancelled(end.signal);
    judgedFrames++;
    const moment = timeline.add({ time: mediaTime, logit: frame.logit, signature: frame.signature, faces: found });
    sent.add(moment);
    const revised = revisedSince ? sent.revised(timeline.snapshot().moments) : [];
    revisedSince = revised.length > 0;
    return { ...update(id), moment, ...(revised.length > 0 && { revised }) };
  }

  /** Asks the thorough pack about a frame where its word would help. Nobody waits for it. */
  function lookAgain({ mediaTime, bytes }: TrackFrame, frame: JudgedFrame): void {
    if (!rooms.idle() || frame.pack.manifest.tier === 'thorough' || !timeline.wantsSecond(mediaTime)) return;
    void liveOpinions.ask(bytes, frame, { owner: rooms.owner, signal: end.signal }).then((logit) => {
      if (logit === undefined || end.signal.aborted) return;
      quickOnly = false;
      timeline.addSecond(mediaTime, logit);
      revisedSince = true;
    });
  }

  async function write(by: NonNullable<typeof judgedBy>): Promise<ResultRecord | undefined> {
    const { verdict, evidence } = judgement();
    const logged = !source.private && !settings.current().recordingPaused;
    const ended = {
      id: ulid(),
      at,
      source,
      path,
      verdict,
      evidence,
      timeline: timeline.snapshot(),
      peaks: peaks.all(),
    };
    const made = trackRecord({ ...ended, ...by, timings, logged });
    if (!made) return undefined;
    try {
      record = logged ? await log.append(made.record, made.media) : made.record;
    } catch (cause) {
      throw cause instanceof TouchstoneError ? cause : new TouchstoneError('log-failed', String(cause), { cause });
    }
    return record;
  }

  return {
    isPrivate: source.private,
    moveTo(next, known) {
      rooms = next;
      sent = createSentMoments(known);
      revisedSince = true;
    },
    update,
    async frame(message, signal) {
      const arrived = performance.now();
      checkFrame(message.mediaTime, message.bytes);
      throwIfCancelled(signal);
      const frame = await pipeline.judgeFrame(message.bytes, {
        lane: 'live',
        client: rooms.client,
        work: end.signal,
        signal,
      });
      try {
        const answer = await judged(message, frame, signal);
        if (answer.moment) lookAgain(message, frame);
        return answer;
      } finally {
        frame.release();
        timings.total += performance.now() - arrived;
      }
    },
    end() {
      end.abort();
      if (!judgedBy) return Promise.resolve(undefined);
      // What could not be written may be tried again.
      writing ??= write(judgedBy).finally(() => {
        if (!record) writing = undefined;
      });
      return writing;
    },
  };
}

/** Frames a second that even a slow computer is asked for. */
const SLOWEST_RATE = 0.5;

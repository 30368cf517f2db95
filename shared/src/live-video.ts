import * as v from 'valibot';
import { CaptureBytes, CapturePath, CaptureSource } from './capture.ts';
import { FiniteNumber } from './finite-number.ts';
import { ResultRecord } from './record.ts';
import { RequestId } from './request-id.ts';
import { FaceTrack, MAX_TIMELINE_MOMENTS, TimelineMoment, TimelineShot } from './timeline.ts';
import { Verdict } from './verdict.ts';

/**
 * A playing video is a track: opened once, fed with frames, closed. Frames are pooled in the companion and become one
 * record (kind `video`), written when the track closes or its socket goes. A new source in the same player is a new track.
 */
const TrackId = v.pipe(v.string(), v.minLength(8), v.maxLength(64));

/** Frames of one track that may be unanswered; the newest frame waits at the client and replaces an older waiting one. */
export const TRACK_WINDOW = 2;

/** Tracks one client may have open. */
export const MAX_OPEN_TRACKS = 16;

export const TrackOpen = v.object({
  type: v.literal('track-open'),
  id: RequestId,
  track: TrackId,
  /** Kind `video`; `private` holds for the whole track. */
  source: CaptureSource,
  /** Seconds; null for a live stream. */
  duration: v.nullable(v.pipe(FiniteNumber, v.minValue(0))),
  /** What an earlier connection already said of this track, so that a restarted companion continues it. */
  resume: v.optional(v.pipe(v.array(TimelineMoment), v.maxLength(2000)), () => []),
});
export type TrackOpen = v.InferOutput<typeof TrackOpen>;

export const TrackFrame = v.object({
  type: v.literal('track-frame'),
  id: RequestId,
  track: TrackId,
  /** Seconds into the video. */
  mediaTime: v.pipe(FiniteNumber, v.minValue(0)),
  /** `canvas` for a drawn frame, `screenshot` for a crop of the visible tab. */
  path: CapturePath,
  /** JPEG. */
  bytes: CaptureBytes,
});
export type TrackFrame = v.InferOutput<typeof TrackFrame>;

/** Answered by a last `track-update` with the record. */
export const TrackClose = v.object({ type: v.literal('track-close'), id: RequestId, track: TrackId });
export type TrackClose = v.InferOutput<typeof TrackClose>;

/** Answer to each of the three. Moments and shots carry only what is new or changed; the client merges by `time` and index. */
export const TrackUpdate = v.object({
  type: v.literal('track-update'),
  id: RequestId,
  track: TrackId,
  verdict: Verdict,
  framesAnalyzed: v.pipe(FiniteNumber, v.integer(), v.minValue(0)),
  /** The moment of the frame answered; absent for open and close. */
  moment: v.optional(TimelineMoment),
  /** Earlier moments that are judged otherwise by now, or that no answer told. */
  revised: v.optional(v.pipe(v.array(TimelineMoment), v.maxLength(MAX_TIMELINE_MOMENTS))),
  /** All shots so far. */
  shots: v.array(TimelineShot),
  faceTracks: v.optional(v.array(FaceTrack), () => []),
  /** Frames a second the companion would like: more near a threshold, fewer when busy or when nothing can change. */
  wantedRate: v.pipe(FiniteNumber, v.minValue(0), v.maxValue(8)),
  /** Only in the answer to `track-close`. */
  record: v.optional(ResultRecord),
});
export type TrackUpdate = v.InferOutput<typeof TrackUpdate>;

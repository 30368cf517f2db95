import * as v from 'valibot';
import { FiniteNumber } from './finite-number.ts';

const probability = v.pipe(FiniteNumber, v.minValue(0), v.maxValue(1));
const seconds = v.pipe(FiniteNumber, v.minValue(0));
const count = v.pipe(FiniteNumber, v.integer(), v.minValue(0));

/** Moments one timeline holds at most; beyond it neighbours are merged, so that a long stream stays a small record. */
export const MAX_TIMELINE_MOMENTS = 2_000;

/** Pictures of telling moments that one record keeps at most. */
export const MAX_TIMELINE_PEAKS = 8;

/** A face in a frame; box in parts of the frame's width and height, 0..1, from the upper left corner. */
export const FaceBox = v.object({
  x: probability,
  y: probability,
  width: probability,
  height: probability,
  /** Number of the face track it belongs to, from 0. */
  track: count,
  /** Calibrated probability of the face's own crop; absent when the crop was too small to judge. */
  probability: v.optional(probability),
});
export type FaceBox = v.InferOutput<typeof FaceBox>;

/** One sampled frame, judged. */
export const TimelineMoment = v.object({
  /** Seconds into the video. */
  time: seconds,
  /** Calibrated probability that this frame is AI. */
  probability,
  /** Ends of the uncertainty band around `probability`. */
  low: probability,
  high: probability,
  /** Number of the shot it lies in, from 0. */
  shot: count,
  faces: v.optional(v.array(FaceBox), () => []),
});
export type TimelineMoment = v.InferOutput<typeof TimelineMoment>;

/** Frames between two cuts, pooled. */
export const TimelineShot = v.object({ start: seconds, end: seconds, probability, frames: count });
export type TimelineShot = v.InferOutput<typeof TimelineShot>;

/** One face followed through frames, pooled over its crops. */
export const FaceTrack = v.object({ track: count, start: seconds, end: seconds, frames: count, probability });
export type FaceTrack = v.InferOutput<typeof FaceTrack>;

/** What was seen of a video, in order of media time. */
export const Timeline = v.object({
  /** Seconds; null for a live stream or where the container does not say. */
  duration: v.nullable(seconds),
  framesAnalyzed: count,
  moments: v.pipe(v.array(TimelineMoment), v.maxLength(MAX_TIMELINE_MOMENTS)),
  shots: v.array(TimelineShot),
  faceTracks: v.optional(v.array(FaceTrack), () => []),
  /** Probabilities above which the pack says "AI" and below which it says "camera", as drawn beside the scores. */
  thresholds: v.optional(
    v.object({
      fakeAbove: probability,
      realBelow: probability,
      leansAi: v.optional(probability),
      leansAuthentic: v.optional(probability),
    }),
  ),
  /** Media times of the moments whose pictures are kept, most telling first: number n is picture `/peaks/n`. */
  peaks: v.optional(v.pipe(v.array(seconds), v.maxLength(MAX_TIMELINE_PEAKS))),
  /** True when the rest could not have changed the verdict and was not decoded. */
  stoppedEarly: v.optional(v.boolean(), false),
  /** Facts of the container, absent for a video seen in a page. */
  media: v.optional(
    v.object({
      container: v.string(),
      codec: v.string(),
      width: count,
      height: count,
      framesPerSecond: v.nullable(FiniteNumber),
      /** True when the file ended or broke before its stated end. */
      truncated: v.optional(v.boolean(), false),
    }),
  ),
});
export type Timeline = v.InferOutput<typeof Timeline>;

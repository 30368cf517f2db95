import * as v from 'valibot';
import { ErrorReport } from '../error-report.ts';
import { FiniteNumber } from '../finite-number.ts';
import { MAX_CAPTURE_BYTES, MAX_TITLE_LENGTH, MAX_VIDEO_BYTES } from '../limits.ts';
import { ResultRecord } from '../record.ts';
import { GivenId } from './given-id.ts';
import { json, lines, type RouteGroup } from './route.ts';
import { LOG_ERRORS, MODEL_ERRORS, PICTURE_ERRORS, VIDEO_ERRORS, WORK_ERRORS } from './route-errors.ts';

/** Name of a pack as somebody gives it; the companion chooses without one. */
export const GivenPack = v.pipe(v.string(), v.maxLength(100));

export const CheckQuery = v.object({
  fileName: v.optional(v.pipe(v.string(), v.maxLength(MAX_TITLE_LENGTH))),
  pack: v.optional(GivenPack),
  /** An earlier record; it is noted where that one is of the same bytes. */
  recheckOf: v.optional(GivenId),
});

/** One line of the answer to a video check: progress, then exactly one result or error. */
export const CheckVideoLine = v.variant('type', [
  v.object({
    type: v.literal('progress'),
    framesAnalyzed: FiniteNumber,
    framesPlanned: FiniteNumber,
    /** Seconds into the video. */
    mediaTime: FiniteNumber,
    /** Milliseconds to the end, estimated; null at the start. */
    timeLeft: v.nullable(FiniteNumber),
  }),
  v.object({ type: v.literal('result'), record: ResultRecord }),
  v.object({ type: v.literal('error'), error: ErrorReport }),
]);
export type CheckVideoLine = v.InferOutput<typeof CheckVideoLine>;
export type VideoProgress = Extract<CheckVideoLine, { type: 'progress' }>;

export const checks = {
  picture: {
    method: 'POST',
    path: '/api/check',
    access: 'either',
    summary: 'Checks a picture.',
    query: CheckQuery,
    body: { kind: 'file', maxBytes: MAX_CAPTURE_BYTES },
    answer: json(ResultRecord),
    errors: ['not-found', ...PICTURE_ERRORS, ...MODEL_ERRORS, ...WORK_ERRORS, ...LOG_ERRORS],
  },
  video: {
    method: 'POST',
    path: '/api/check-video',
    access: 'either',
    summary: 'Checks a video file while it streams in: lines of progress, then the record or an error.',
    query: CheckQuery,
    body: { kind: 'file', maxBytes: MAX_VIDEO_BYTES },
    answer: lines(CheckVideoLine),
    errors: ['empty-file', 'not-found', ...VIDEO_ERRORS, ...MODEL_ERRORS, ...WORK_ERRORS, ...LOG_ERRORS],
  },
} as const satisfies RouteGroup;

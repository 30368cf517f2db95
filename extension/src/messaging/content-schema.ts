import {
  CapturePath,
  ErrorReport,
  FiniteNumber,
  Label,
  Lane,
  MAX_CAPTURE_BYTES,
  MAX_TIMELINE_MOMENTS,
  MAX_TITLE_LENGTH,
  TimelineMoment,
  TouchstoneError,
  VerdictValue,
} from '@touchstone/shared';
import * as v from 'valibot';
import type { ContentMessage } from './messages.ts';

/** What the background accepts over a port. A renderer that was taken over can send anything. */

const id = v.pipe(FiniteNumber, v.integer(), v.minValue(1), v.maxValue(2 ** 31));
const coordinate = v.pipe(FiniteNumber, v.minValue(-1e7), v.maxValue(1e7));
const length = v.pipe(FiniteNumber, v.minValue(0), v.maxValue(1e7));
/** A `data:` address holds the whole picture, in base64. */
const address = v.pipe(v.string(), v.maxLength(Math.ceil(MAX_CAPTURE_BYTES * 1.4)));

const wireBytes = v.union([
  v.pipe(
    v.instance(ArrayBuffer),
    v.check((buffer) => buffer.byteLength <= MAX_CAPTURE_BYTES, 'too-large'),
  ),
  v.pipe(v.string(), v.maxLength(Math.ceil(MAX_CAPTURE_BYTES * 1.4))),
]);
const pixels = v.exactOptional(
  v.object({
    path: CapturePath,
    bytes: wireBytes,
    mediaTime: v.exactOptional(v.pipe(FiniteNumber, v.minValue(0))),
  }),
);

export const ScreenRect = v.object({
  x: coordinate,
  y: coordinate,
  width: length,
  height: length,
  devicePixelRatio: v.pipe(FiniteNumber, v.minValue(0.1), v.maxValue(20)),
});

/** As the companion names tracks (shared/src/live-video.ts). */
const track = v.pipe(v.string(), v.minLength(8), v.maxLength(64));
const seconds = v.pipe(FiniteNumber, v.minValue(0));
const pageTitle = v.pipe(
  v.string(),
  v.transform((title) => title.slice(0, MAX_TITLE_LENGTH)),
);
/** A frame is at most 720 pixels high; as JPEG even noise stays far below this. */
const MAX_FRAME_BYTES = 4 * 1024 * 1024;
const frameBytes = v.union([
  v.pipe(
    v.instance(ArrayBuffer),
    v.check((buffer) => buffer.byteLength <= MAX_FRAME_BYTES, 'too-large'),
  ),
  v.pipe(v.string(), v.maxLength(Math.ceil(MAX_FRAME_BYTES * 1.4))),
]);

export const TabVideoSchema = v.object({
  number: id,
  title: v.pipe(v.string(), v.maxLength(MAX_TITLE_LENGTH)),
  width: length,
  height: length,
  duration: v.nullable(seconds),
  playing: v.boolean(),
  activity: v.exactOptional(v.picklist(['sampling', 'paused', 'unplayed', 'waiting', 'crowded', 'ended'])),
  framesAnalyzed: seconds,
  verdict: v.exactOptional(VerdictValue),
  probability: v.exactOptional(v.pipe(FiniteNumber, v.minValue(0), v.maxValue(1))),
  recordId: v.exactOptional(v.pipe(v.string(), v.maxLength(64))),
  logged: v.exactOptional(v.boolean()),
  error: v.exactOptional(ErrorReport),
});

const schema = v.variant('type', [
  v.object({
    type: v.literal('check'),
    id,
    lane: Lane,
    url: v.exactOptional(address),
    pageTitle,
    credentials: v.boolean(),
    pixels,
    fresh: v.exactOptional(v.boolean()),
  }),
  v.object({ type: v.literal('pixels'), id, pixels, rect: v.exactOptional(ScreenRect) }),
  v.object({ type: v.literal('cancel'), id }),
  v.object({ type: v.literal('label'), id, recordId: v.pipe(v.string(), v.maxLength(64)), label: v.nullable(Label) }),
  v.object({ type: v.literal('explain'), id, recordId: v.pipe(v.string(), v.maxLength(64)) }),
  v.object({ type: v.literal('open-history'), recordId: v.exactOptional(v.pipe(v.string(), v.maxLength(64))) }),
  v.object({
    type: v.literal('track-open'),
    id,
    track,
    asked: v.boolean(),
    url: v.exactOptional(address),
    pageTitle,
    duration: v.nullable(seconds),
    screenshots: v.boolean(),
    resume: v.pipe(v.array(TimelineMoment), v.maxLength(MAX_TIMELINE_MOMENTS)),
  }),
  v.object({
    type: v.literal('track-frame'),
    id,
    track,
    mediaTime: seconds,
    bytes: v.exactOptional(frameBytes),
    rect: v.exactOptional(ScreenRect),
  }),
  v.object({ type: v.literal('track-close'), id, track }),
  v.object({ type: v.literal('track-alone'), track, alone: v.boolean() }),
  v.object({ type: v.literal('videos'), id, videos: v.pipe(v.array(TabVideoSchema), v.maxLength(64)) }),
]);

/** @throws TouchstoneError `bad-message` for anything that is not a message of the content script */
export function parseContentMessage(message: unknown): ContentMessage {
  const parsed = v.safeParse(schema, message);
  if (parsed.success) return parsed.output;
  throw new TouchstoneError('bad-message', parsed.issues[0].message);
}

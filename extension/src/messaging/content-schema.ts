import { CapturePath, Label, Lane, MAX_CAPTURE_BYTES, MAX_TITLE_LENGTH, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import type { ContentMessage } from './messages.ts';

/** What the background accepts over a port. A renderer that was taken over can send anything. */

const id = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31));
const coordinate = v.pipe(v.number(), v.finite(), v.minValue(-1e7), v.maxValue(1e7));
const length = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1e7));
/** A `data:` address holds the whole picture, in base64. */
const address = v.pipe(v.string(), v.maxLength(Math.ceil(MAX_CAPTURE_BYTES * 1.4)));

const wireBytes = v.union([
  v.pipe(
    v.instance(ArrayBuffer),
    v.check((buffer) => buffer.byteLength <= MAX_CAPTURE_BYTES, 'too-large'),
  ),
  v.pipe(v.string(), v.maxLength(Math.ceil(MAX_CAPTURE_BYTES * 1.4))),
]);
const pixels = v.optional(
  v.object({
    path: CapturePath,
    bytes: wireBytes,
    mediaTime: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0))),
  }),
);

export const ScreenRect = v.object({
  x: coordinate,
  y: coordinate,
  width: length,
  height: length,
  devicePixelRatio: v.pipe(v.number(), v.minValue(0.1), v.maxValue(20)),
});

const schema = v.variant('type', [
  v.object({
    type: v.literal('check'),
    id,
    lane: Lane,
    url: v.optional(address),
    pageTitle: v.pipe(
      v.string(),
      v.transform((title) => title.slice(0, MAX_TITLE_LENGTH)),
    ),
    credentials: v.boolean(),
    pixels,
    fresh: v.optional(v.boolean()),
  }),
  v.object({ type: v.literal('pixels'), id, pixels, rect: v.optional(ScreenRect) }),
  v.object({ type: v.literal('cancel'), id }),
  v.object({ type: v.literal('label'), id, recordId: v.pipe(v.string(), v.maxLength(64)), label: v.nullable(Label) }),
  v.object({ type: v.literal('open-history'), recordId: v.optional(v.pipe(v.string(), v.maxLength(64))) }),
]);

/** @throws TouchstoneError `bad-message` for anything that is not a message of the content script */
export function parseContentMessage(message: unknown): ContentMessage {
  const parsed = v.safeParse(schema, message);
  if (parsed.success) return parsed.output;
  throw new TouchstoneError('bad-message', parsed.issues[0].message);
}

import { FiniteNumber, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { NoMessage, readMessages as readFramed } from '../workers/framed-messages.ts';
import type { FrameMemory } from './frame-memory.ts';

const count = v.pipe(FiniteNumber, v.integer(), v.minValue(0));
const side = v.pipe(FiniteNumber, v.integer(), v.minValue(1), v.maxValue(100_000));
const seconds = v.pipe(FiniteNumber, v.minValue(0));
const word = v.pipe(v.string(), v.maxLength(40));

/** What the container says, read before anything is decoded. */
export const VideoFacts = v.object({
  /** mp4, mov, webm, mkv or avif; gif or webp for animations that the picture library decodes. */
  container: word,
  /** avc, hevc, vp8, vp9, av1. */
  codec: word,
  /** As shown: turned upright, in square pixels. */
  width: side,
  height: side,
  /** Seconds; null when nothing in the file says. */
  duration: v.nullable(seconds),
  framesPerSecond: v.nullable(v.pipe(FiniteNumber, v.minValue(0))),
  /** Samples that are planned. */
  expectedFrames: count,
  /** Seconds between samples where nothing else asks for more. */
  interval: seconds,
});
export type VideoFacts = v.InferOutput<typeof VideoFacts>;

/** Why a file gives no frames at all. */
export const DecoderFailure = v.picklist([
  'video-unreadable',
  'video-decoder-missing',
  'video-protected',
  'too-many-pixels',
]);
export type DecoderFailure = v.InferOutput<typeof DecoderFailure>;

/** Head of a message from the decoder's process; RGB pixels follow the head of a frame. The process is not trusted. */
export const DecoderMessage = v.variant('type', [
  v.object({ type: v.literal('opened'), facts: VideoFacts }),
  v.object({ type: v.literal('frame'), time: seconds, width: side, height: side }),
  v.object({
    type: v.literal('end'),
    /** The file broke off, or parts of it could not be decoded. */
    damaged: v.boolean(),
    /** Milliseconds: demuxing and decoding, scaling, waiting for the reader. */
    decodeMs: FiniteNumber,
    scaleMs: FiniteNumber,
    waitMs: FiniteNumber,
  }),
  v.object({ type: v.literal('failed'), code: DecoderFailure, detail: v.pipe(v.string(), v.maxLength(400)) }),
]);
export type DecoderMessage = v.InferOutput<typeof DecoderMessage>;

export interface ReceivedMessage {
  readonly head: DecoderMessage;
  /** In memory that is this message's until it is released. */
  readonly payload: Uint8Array;
}

/** A frame of SHORT_SIDE_PIXELS by LONG_SIDE_PIXELS has 6.2 MB. */
const LIMITS = { headBytes: 4096, payloadBytes: 8 * 1024 * 1024 } as const;

/**
 * Cuts the stream of the decoder's process into messages. Reads no further than the message that is wanted.
 * @param memory for the pixels of frames
 * @throws TouchstoneError `video-unreadable` for anything that is no message
 */
export async function* readMessages(
  stream: AsyncIterable<Uint8Array>,
  memory: Pick<FrameMemory, 'take'>,
): AsyncGenerator<ReceivedMessage> {
  const take = (_: unknown, bytes: number): Uint8Array => (bytes === 0 ? new Uint8Array(0) : memory.take(bytes));
  try {
    for await (const { head: told, payload } of readFramed(stream, { ...LIMITS, memory: take })) {
      const head = parseHead(told);
      const expected = head.type === 'frame' ? head.width * head.height * 3 : 0;
      if (payload.length !== expected) throw broken('the size of a frame does not match');
      yield { head, payload };
    }
  } catch (error) {
    throw error instanceof NoMessage ? broken(error.message, error) : error;
  }
}

function parseHead(told: unknown): DecoderMessage {
  const head = v.safeParse(DecoderMessage, told);
  if (!head.success) throw broken('a message cannot be read', new v.ValiError(head.issues));
  return head.output;
}

function broken(detail: string, cause?: unknown): TouchstoneError {
  return new TouchstoneError('video-unreadable', `the decoder answered wrongly: ${detail}`, { cause });
}

import type { Writable } from 'node:stream';
import { releaseMemory } from '@touchstone/models/pixels';
import type { PayloadRoom } from './payload-room.ts';

/**
 * Before each message: lengths of its head and its payload, both 32 bits, little-endian. The highest bit of the second says that the
 * payload does not follow, but lies in the room that both sides share.
 */
export const PREFIX_BYTES = 8;
const IN_ROOM = 2 ** 31;

/**
 * Bytes that go before the payload of a message. Messages are JSON with bytes behind, and not Node's own serialization:
 * that trusts whoever sends it, and a process that reads hostile files is not trusted.
 */
export function encodeHead(head: object, payloadBytes: number, inRoom = false): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(head));
  const bytes = new Uint8Array(PREFIX_BYTES + json.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, json.length, true);
  view.setUint32(4, payloadBytes + (inRoom ? IN_ROOM : 0), true);
  bytes.set(json, PREFIX_BYTES);
  return bytes;
}

/**
 * Sends a message, its payload by way of the room where there is one.
 * @param room free: the message before was taken
 */
export function writeMessage(stream: Writable | null, head: object, payload: Uint8Array, room?: PayloadRoom): void {
  const inRoom = room?.put(payload) ?? false;
  stream?.write(encodeHead(head, payload.length, inRoom));
  if (payload.length > 0 && !inRoom) stream?.write(payload);
}

export interface FramedMessage {
  /** Parsed JSON, to be validated. */
  readonly head: unknown;
  /** In memory of its own. */
  readonly payload: Uint8Array;
}

export interface MessageLimits {
  readonly headBytes: number;
  readonly payloadBytes: number;
  /** Memory of so many bytes for the payload behind a head; default is new memory for each. */
  readonly memory?: (head: unknown, bytes: number) => Uint8Array;
}

export interface ReadingOptions extends MessageLimits {
  /** Where payloads may lie that do not come along the stream. */
  readonly room?: PayloadRoom | undefined;
}

/** What came is no message. */
export class NoMessage extends Error {
  override readonly name = 'NoMessage';
}

/**
 * Cuts a stream into messages. Reads no further than the message that is wanted. The memory of each piece of the stream is given
 * back as soon as it was read: left to the garbage collector, the pieces of 30 s of video (170 MB) make it run ten times.
 * @throws NoMessage for anything that is no message, or too long
 */
export async function* readMessages(
  stream: AsyncIterable<Uint8Array>,
  { headBytes, payloadBytes, memory = (_, bytes) => new Uint8Array(bytes), room }: ReadingOptions,
): AsyncGenerator<FramedMessage> {
  const reader = createReader(stream);
  for (;;) {
    const prefix = await reader.read(new Uint8Array(PREFIX_BYTES));
    if (!prefix) return;
    const view = new DataView(prefix.buffer);
    const [headLength, told] = [view.getUint32(0, true), view.getUint32(4, true)];
    const inRoom = told >= IN_ROOM;
    const payloadLength = inRoom ? told - IN_ROOM : told;
    if (headLength > headBytes || payloadLength > payloadBytes) throw new NoMessage('a message is too long');
    const text = await reader.read(new Uint8Array(headLength));
    if (!text) return;
    const head = parse(text);
    const bytes = memory(head, payloadLength);
    if (inRoom && !room?.take(bytes)) throw new NoMessage('a payload is not where it should be');
    const payload = inRoom ? bytes : await reader.read(bytes);
    if (!payload) return;
    yield { head, payload };
  }
}

function parse(text: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(text));
  } catch (cause) {
    throw new NoMessage('a message cannot be read', { cause });
  }
}

function createReader(stream: AsyncIterable<Uint8Array>) {
  const chunks = stream[Symbol.asyncIterator]();
  let chunk: Uint8Array = new Uint8Array(0);
  let rest = chunk;
  return {
    /** Fills `bytes`. @returns undefined when the stream ends before */
    async read<T extends Uint8Array>(bytes: T): Promise<T | undefined> {
      for (let at = 0; at < bytes.length; ) {
        if (rest.length === 0) {
          releaseMemory(chunk);
          const next = await chunks.next();
          if (next.done) return undefined;
          chunk = next.value;
          rest = chunk;
        }
        const part = rest.subarray(0, bytes.length - at);
        bytes.set(part, at);
        at += part.length;
        rest = rest.subarray(part.length);
      }
      return bytes;
    },
  };
}

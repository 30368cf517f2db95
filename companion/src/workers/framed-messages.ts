import { releaseMemory } from './release-memory.ts';

/** Before each message: lengths of its head and its payload, both 32 bits, little-endian. */
export const PREFIX_BYTES = 8;

/**
 * Bytes that go before the payload of a message. Messages are JSON with bytes behind, and not Node's own serialization:
 * that trusts whoever sends it, and a process that reads hostile files is not trusted.
 */
export function encodeHead(head: object, payloadBytes: number): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(head));
  const bytes = new Uint8Array(PREFIX_BYTES + json.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, json.length, true);
  view.setUint32(4, payloadBytes, true);
  bytes.set(json, PREFIX_BYTES);
  return bytes;
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
  { headBytes, payloadBytes, memory = (_, bytes) => new Uint8Array(bytes) }: MessageLimits,
): AsyncGenerator<FramedMessage> {
  const reader = createReader(stream);
  for (;;) {
    const prefix = await reader.read(new Uint8Array(PREFIX_BYTES));
    if (!prefix) return;
    const view = new DataView(prefix.buffer);
    const [headLength, payloadLength] = [view.getUint32(0, true), view.getUint32(4, true)];
    if (headLength > headBytes || payloadLength > payloadBytes) throw new NoMessage('a message is too long');
    const text = await reader.read(new Uint8Array(headLength));
    if (!text) return;
    const head = parse(text);
    const payload = await reader.read(memory(head, payloadLength));
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

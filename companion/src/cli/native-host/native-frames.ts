import type { Readable } from 'node:stream';
import { MAX_NATIVE_BYTES, TouchstoneError } from '@touchstone/shared';

/** Length in front of each message, in the byte order of the computer: all that we run on are little-endian. */
const HEAD_BYTES = 4;

/**
 * Reads one message as browsers write them. What is longer than it may be is refused by its head, before its body is read.
 * @throws TouchstoneError `bad-message`
 */
export async function readNativeMessage(input: Readable): Promise<unknown> {
  let received = Buffer.alloc(0);
  for await (const chunk of input) {
    received = Buffer.concat([received, chunk as Buffer]);
    if (received.length < HEAD_BYTES) continue;
    const length = received.readUInt32LE();
    if (length > MAX_NATIVE_BYTES) throw new TouchstoneError('bad-message', `${length} bytes announced`);
    if (received.length >= HEAD_BYTES + length) return parse(received.subarray(HEAD_BYTES, HEAD_BYTES + length));
  }
  throw new TouchstoneError('bad-message', 'the message broke off');
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new TouchstoneError('bad-message', 'not JSON', { cause });
  }
}

/** @returns a message with its length in front */
export function nativeMessage(message: object): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32LE(body.length);
  return Buffer.concat([head, body]);
}

import { HELLO_DEADLINE_MS, TouchstoneError } from '@touchstone/shared';
import type { RawData } from 'ws';
import type { Connection } from './connection.ts';

/**
 * Bytes a program may send before it has proved itself: a hello has about 300. The limit holds for the stream, not for
 * the message, so that neither a frame that announces gigabytes nor an endless row of fragments is ever stored.
 */
export const FIRST_MESSAGE_BYTES = 4 * 1024;

/** Thrown when the deadline passes; there is nobody to explain anything to. */
export class HelloDeadline extends Error {
  override readonly name = 'HelloDeadline';
}

/** The bytes of one binary message. @throws TouchstoneError `bad-message` for text */
export function binaryMessage(data: RawData, isBinary: boolean): Uint8Array {
  if (!isBinary || !Buffer.isBuffer(data)) throw new TouchstoneError('bad-message', 'text instead of bytes');
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/**
 * Waits for the one message that an unauthenticated client may send.
 * @param until aborts when the handshake is over; up to then a second message, or too many bytes, ends the connection
 * @throws TouchstoneError `bad-message`; HelloDeadline
 */
export function firstMessage({ socket, stream }: Connection, until: AbortSignal): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    let first: Uint8Array | undefined;
    let bytes = 0;

    function fail(error: Error): void {
      // After the first message nobody waits for this promise any more.
      if (first) socket.terminate();
      stop();
      reject(error);
    }

    function onData(chunk: Buffer): void {
      bytes += chunk.length;
      if (bytes > FIRST_MESSAGE_BYTES) fail(new TouchstoneError('bad-message', 'too many bytes before the welcome'));
    }

    function onMessage(data: RawData, isBinary: boolean): void {
      if (first) {
        fail(new TouchstoneError('bad-message', 'a second message before the welcome'));
        return;
      }
      try {
        first = binaryMessage(data, isBinary);
        resolve(first);
      } catch (error) {
        reject(error);
      }
    }

    const onClose = (): void => reject(new TouchstoneError('cancelled', 'closed before the hello'));
    const timer = setTimeout(() => fail(new HelloDeadline()), HELLO_DEADLINE_MS);

    function stop(): void {
      clearTimeout(timer);
      stream.off('data', onData);
      socket.off('message', onMessage);
      socket.off('close', onClose);
    }

    // Counted before the frames in them are read.
    stream.prependListener('data', onData);
    socket.on('message', onMessage);
    socket.on('close', onClose);
    until.addEventListener('abort', stop);
  });
}

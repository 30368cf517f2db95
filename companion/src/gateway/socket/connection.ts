import type { Duplex } from 'node:stream';
import { CLOSE_CODES, type ErrorCode, entryOf, TouchstoneError, toErrorReport } from '@touchstone/shared';
import type { WebSocket } from 'ws';
import type { Outbox } from './outbox.ts';

/** One open WebSocket, with what its upgrade request said. */
export interface Connection {
  readonly socket: WebSocket;
  /** The TCP stream underneath. */
  readonly stream: Duplex;
  readonly outbox: Outbox;
  /** Checked Origin of the extension. */
  readonly origin: string;
  /** Checked Host: `host:port` as the client sees the companion. */
  readonly audience: string;
}

/** How long a peer may take to answer a close frame, in milliseconds. */
const CLOSE_GRACE_MS = 1_000;

const CLOSE_BY_CODE: Partial<Record<ErrorCode, number>> = {
  'bad-message': CLOSE_CODES.badMessage,
  'too-large': CLOSE_CODES.badMessage,
  'not-paired': CLOSE_CODES.notPaired,
  'pairing-code-wrong': CLOSE_CODES.notPaired,
  'extension-too-old': CLOSE_CODES.version,
  'companion-too-old': CLOSE_CODES.version,
  'window-exceeded': CLOSE_CODES.window,
  'shutting-down': CLOSE_CODES.shuttingDown,
};

/** RFC 6455: the server met a condition it did not expect. */
const INTERNAL_ERROR = 1011;

/** Closes a socket, by force when the other side does not answer in time. Resolves when it is closed. */
export function closeSocket(socket: WebSocket, code: number): Promise<void> {
  if (socket.readyState === socket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), CLOSE_GRACE_MS);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.close(code);
    // What was paused could not even read the answer to the close frame.
    if (socket.isPaused) socket.resume();
  });
}

/** WebSocket close code that belongs to an error. */
export function closeCodeOf(error: unknown): number {
  const code = error instanceof TouchstoneError ? entryOf(CLOSE_BY_CODE, error.code) : undefined;
  return code ?? INTERNAL_ERROR;
}

/** Says what was wrong, then closes with the code that belongs to it: the first time, however many messages are wrong. */
export function refuse({ socket, outbox }: Connection, error: unknown, id?: number): void {
  if (socket.readyState !== socket.OPEN) return;
  outbox.send({ type: 'error', ...(id === undefined ? {} : { id }), error: toErrorReport(error) });
  void closeSocket(socket, closeCodeOf(error));
}

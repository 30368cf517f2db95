import type { IncomingMessage } from 'node:http';

/** How often the progress of a body is looked at, in milliseconds. */
export const PACE_WINDOW_MS = 5_000;

/** What must come in one window, in bytes: 3 kB a second, which no caller on the same computer falls below by accident. */
export const PACE_BYTES = 16 * 1024;

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * Watches a body come in, until it is whole.
 * @param onSlow called once when a window brought less than PACE_BYTES while nobody here was slow to read
 */
export function watchBodyThroughput(request: IncomingMessage, onSlow: () => void): void {
  if (!hasBody(request)) return;
  const { socket } = request;
  let seen = socket.bytesRead;
  const timer = setInterval(() => {
    const came = socket.bytesRead - seen;
    seen = socket.bytesRead;
    if (request.complete || socket.destroyed) clearInterval(timer);
    else if (came < PACE_BYTES && request.readableLength === 0) {
      clearInterval(timer);
      onSlow();
    }
  }, PACE_WINDOW_MS);
  timer.unref();
  request.once('close', () => clearInterval(timer));
}

/** How long the rest of a body that was refused may still come, in milliseconds: time to read the answer and to stop sending. */
const LEFTOVER_MS = 5_000;

/** Ends the connection of a request whose answer is known before its body is whole, unless the body ends soon. */
export function limitLeftover(request: IncomingMessage): void {
  // None where whoever read the body has given it up already.
  const socket: IncomingMessage['socket'] | null = request.socket;
  if (!socket) return;
  const timer = setTimeout(() => {
    if (!request.complete) socket.destroy();
  }, LEFTOVER_MS);
  timer.unref();
  socket.once('close', () => clearTimeout(timer));
}

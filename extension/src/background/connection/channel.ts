import { CLOSE_CODES, decodeMessage, encodeMessage, ServerMessage, TouchstoneError } from '@touchstone/shared';

/** One open socket to the companion, message by message. */
export interface Channel {
  /** Sent messages after the end go nowhere. */
  send(message: object): void;
  /** @throws TouchstoneError once the socket has ended and everything received was read */
  receive(): Promise<ServerMessage>;
  close(): void;
}

export type OpenSocket = (url: string) => WebSocket;

/** What a close code means for the person; a plain end means that the companion is gone. */
function reasonOf(code: number): TouchstoneError {
  if (code === CLOSE_CODES.notPaired) return new TouchstoneError('not-paired');
  if (code === CLOSE_CODES.version) return new TouchstoneError('companion-too-old');
  if (code === CLOSE_CODES.shuttingDown) return new TouchstoneError('shutting-down');
  return new TouchstoneError('companion-unreachable', `socket closed with ${code}`);
}

/**
 * Opens a socket; the signal closes it at any time.
 * @throws TouchstoneError `companion-unreachable`
 */
export function openChannel(url: string, signal: AbortSignal, openSocket: OpenSocket): Promise<Channel> {
  signal.throwIfAborted();
  const socket = openSocket(url);
  socket.binaryType = 'arraybuffer';
  const inbox: ServerMessage[] = [];
  let waiting: { resolve(message: ServerMessage): void; reject(error: unknown): void } | undefined;
  let ended: TouchstoneError | undefined;

  const end = (error: TouchstoneError) => {
    ended ??= error;
    waiting?.reject(ended);
    waiting = undefined;
    socket.close();
  };
  signal.addEventListener('abort', () => end(new TouchstoneError('companion-unreachable', 'given up')), { once: true });

  socket.addEventListener('message', ({ data }) => {
    try {
      if (!(data instanceof ArrayBuffer)) throw new TouchstoneError('bad-message', 'text instead of bytes');
      const message = decodeMessage(ServerMessage, data);
      if (waiting) waiting.resolve(message);
      else inbox.push(message);
      waiting = undefined;
    } catch (error) {
      end(error instanceof TouchstoneError ? error : new TouchstoneError('bad-message', String(error)));
    }
  });
  socket.addEventListener('close', ({ code }) => end(reasonOf(code)));

  const channel: Channel = {
    send: (message) => {
      if (!ended) socket.send(encodeMessage(message));
    },
    receive: () =>
      new Promise((resolve, reject) => {
        const next = inbox.shift();
        if (next) resolve(next);
        else if (ended) reject(ended);
        else waiting = { resolve, reject };
      }),
    close: () => end(new TouchstoneError('companion-unreachable', 'closed here')),
  };
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(channel), { once: true });
    socket.addEventListener('close', () => reject(ended ?? new TouchstoneError('companion-unreachable')), {
      once: true,
    });
    signal.addEventListener('abort', () => reject(ended), { once: true });
  });
}

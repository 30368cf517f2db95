import {
  CLOSE_CODES,
  decodeMessage,
  decodeOpenMessage,
  encodeMessage,
  MAX_UNPROVEN_BYTES,
  SERVER_MESSAGE_TYPES,
  ServerMessage,
  TouchstoneError,
  UNPROVEN_BUDGET,
} from '@touchstone/shared';

/** One open socket to the companion, message by message. */
export interface Channel {
  /** Sent messages after the end go nowhere. */
  send(message: object): void;
  /** @throws TouchstoneError once the socket has ended and everything received was read */
  receive(): Promise<ServerMessage>;
  /** The other side has proved itself: from now on its messages may be large, and its reasons to close are believed. */
  trust(): void;
  close(): void;
}

export type OpenSocket = (url: string) => WebSocket;

/** Close codes that claim something about this browser's pairing. */
const CLAIMS: ReadonlySet<number> = new Set([CLOSE_CODES.badMessage, CLOSE_CODES.notPaired, CLOSE_CODES.version]);

/** What a close code means for the person; a plain end means that the companion is gone. */
function reasonOf(code: number, trusted: boolean): TouchstoneError {
  if (!trusted && CLAIMS.has(code)) return new TouchstoneError('companion-not-genuine', `socket closed with ${code}`);
  if (!trusted) return new TouchstoneError('companion-unreachable', `socket closed with ${code}`);
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
  let trusted = false;
  /** Of everything received while it was not. */
  let unprovenBytes = 0;

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
      if (!trusted) unprovenBytes += data.byteLength;
      if (unprovenBytes > MAX_UNPROVEN_BYTES) throw new TouchstoneError('bad-message', 'too much before the proof');
      const message = trusted
        ? decodeOpenMessage(ServerMessage, SERVER_MESSAGE_TYPES, data)
        : decodeMessage(ServerMessage, data, UNPROVEN_BUDGET);
      // Something that a newer companion tells newer extensions.
      if (message.type === 'unknown') return;
      if (waiting) waiting.resolve(message);
      else inbox.push(message);
      waiting = undefined;
    } catch (error) {
      // What cannot be read comes from another program, until it has proved that it does not.
      end(new TouchstoneError(trusted ? 'bad-message' : 'companion-not-genuine', String(error)));
    }
  });
  socket.addEventListener('close', ({ code }) => end(reasonOf(code, trusted)));

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
    trust() {
      trusted = true;
      unprovenBytes = 0;
    },
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

import { encodeMessage, forVersion1, type ServerMessage } from '@touchstone/shared';
import type { WebSocket } from 'ws';

/** Unsent bytes above which nothing more is read from this client until it has caught up. */
const PAUSE_ABOVE_BYTES = 1024 * 1024;

/** Unsent bytes above which a client that does not read is cut off. */
const CUT_ABOVE_BYTES = 16 * 1024 * 1024;

export interface Outbox {
  /** Sends what the client waits for. */
  send(message: ServerMessage): void;
  /** From now on in the words of this version of the protocol. */
  speak(version: number): void;
  /** Reads on where reading was paused, unless the client has to catch up first. */
  goOn(): void;
  /** Sends what the client can do without (progress, status) unless it is behind. */
  offer(message: ServerMessage): void;
}

/** Sends messages and holds a client to reading them: one that does not is not read from either. */
export function createOutbox(socket: WebSocket): Outbox {
  let version: number | undefined;

  function caughtUp(): void {
    if (socket.isPaused && socket.bufferedAmount < PAUSE_ABOVE_BYTES / 2) socket.resume();
  }

  function send(message: ServerMessage): void {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(encodeMessage(version === 1 ? forVersion1(message) : message), caughtUp);
    if (socket.bufferedAmount > CUT_ABOVE_BYTES) socket.terminate();
    else if (socket.bufferedAmount > PAUSE_ABOVE_BYTES) socket.pause();
  }

  const isBehind = (): boolean => socket.bufferedAmount >= PAUSE_ABOVE_BYTES / 2;

  // Answered here and not by the library, which would keep an answer for every ping of a client that reads none.
  socket.on('ping', (data) => {
    if (socket.readyState === socket.OPEN && !isBehind()) socket.pong(data);
  });

  return {
    send,
    goOn: caughtUp,
    speak(agreed) {
      version = agreed;
    },
    offer(message) {
      if (!isBehind()) send(message);
    },
  };
}

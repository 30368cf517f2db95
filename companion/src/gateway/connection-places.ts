import type { Server, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Unproven, whoMakesWay } from './who-makes-way.ts';

/** Connections of all kinds at the same time, on all addresses together. */
export const MAX_CONNECTIONS = 256;

export interface ConnectionPlaces {
  /** Gives a place to every connection of a server, and takes one from another where there are none left. */
  watch(server: Server): void;
  /** Says that whoever is at the other end may be here: the place is not taken away again. */
  prove(stream: Duplex): void;
  readonly size: number;
}

interface Waiting extends Unproven {
  readonly socket: Socket;
}

/**
 * Places for connections. When all are taken the oldest that has been silent for a while makes way, then the oldest that has
 * proven nothing: a program that only occupies places keeps nobody out.
 * @param now milliseconds of a clock that only goes forward
 */
export function createConnectionPlaces(limit = MAX_CONNECTIONS, now = () => performance.now()): ConnectionPlaces {
  const all = new Set<Socket>();
  /** In the order in which they came. */
  const unproven = new Map<Duplex, Waiting>();
  /** TLS hides the socket that came in behind one of its own: the other end tells which it is. */
  const byPeer = new Map<string, Socket>();
  const peerOf = ({ remoteAddress, remotePort }: Partial<Socket>): string => `${remoteAddress} ${remotePort}`;

  function leave(socket: Socket): void {
    all.delete(socket);
    unproven.delete(socket);
  }

  /** @returns whether there is a place now */
  function makeWay(): boolean {
    const victim = whoMakesWay(unproven.values(), now())?.socket;
    if (victim === undefined) return false;
    leave(victim);
    victim.destroy();
    return true;
  }

  function enter(socket: Socket): void {
    if (all.size >= limit && !makeWay()) {
      socket.destroy();
      return;
    }
    all.add(socket);
    unproven.set(socket, { socket, since: now(), silent: () => socket.bytesRead === 0 });
    const peer = peerOf(socket);
    byPeer.set(peer, socket);
    socket.once('close', () => {
      if (byPeer.get(peer) === socket) byPeer.delete(peer);
      leave(socket);
    });
  }

  return {
    watch: (server) => server.on('connection', enter),
    prove(stream) {
      if (unproven.delete(stream)) return;
      const socket = byPeer.get(peerOf(stream as Partial<Socket>));
      if (socket) unproven.delete(socket);
    },
    get size() {
      return all.size;
    },
  };
}

import { closeSync, constants, fstatSync, openSync, readSync, statfsSync, writeSync } from 'node:fs';

/** Descriptor of the room in a program that was given one: 0 to 2 are the usual ones, 3 takes its answers. */
export const ROOM_FD = 4;

/** Argument of such a program. */
export const WITH_ROOM = '--with-room';

/**
 * Room for what goes each way, in bytes: a picture of the web and the views of a pack. Larger payloads go along the stream; what was used
 * stays in memory as long as the process lives.
 */
export const ROOM_BYTES = 4 * 1024 * 1024;

/** Smaller payloads come with their head: one more call costs more than they do. Bytes. */
const WORTH_BYTES = 16 * 1024;

/** Linux keeps this folder in memory, and says so. */
const MEMORY_FOLDER = '/dev/shm';
const TMPFS = 0x01021994;
/** Of Linux, and the same on every processor that Node runs on: with O_DIRECTORY it makes a file that never has a name. */
const NAMELESS = 0o20000000;

/**
 * Memory that one process shares with one other. A payload lies there whole: through a stream it is cut into pieces of 64 kB, each a
 * turn of both processes. It is memory and never a file on a disk, and nobody else can open it, because it has no name.
 */
export interface PayloadRoom {
  /** Places a payload for the other side. @returns false where it has to go another way */
  put(payload: Uint8Array): boolean;
  /** Takes the payload that the other side placed. @returns false where there are not so many bytes */
  take(into: Uint8Array): boolean;
}

/** A room on the side that has opened it. */
export interface OwnRoom extends PayloadRoom {
  readonly fd: number;
  /** Memory that it takes: the other side may write more than its share, and no count of a process shows it. */
  bytes(): number;
  close(): void;
}

/** Of a file system: what a block counts. */
const BLOCK_BYTES = 512;

/** Opens a room that a child is given as `ROOM_FD`. @returns undefined where the system has none */
export function openRoom(): OwnRoom | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    if (statfsSync(MEMORY_FOLDER).type !== TMPFS) return undefined;
    const flags = NAMELESS | constants.O_DIRECTORY | constants.O_RDWR | constants.O_EXCL;
    const fd = openSync(MEMORY_FOLDER, flags, 0o600);
    return roomAt(fd, { putAt: 0, takeAt: ROOM_BYTES });
  } catch {
    // A container without it, or one that allows no more.
    return undefined;
  }
}

/** The other side of a room, in a program that was given one. */
export const givenRoom = (): PayloadRoom => roomAt(ROOM_FD, { putAt: ROOM_BYTES, takeAt: 0 });

function roomAt(fd: number, { putAt, takeAt }: { readonly putAt: number; readonly takeAt: number }): OwnRoom {
  let open = true;
  return {
    fd,
    bytes: () => (open ? fstatSync(fd).blocks * BLOCK_BYTES : 0),
    put(payload) {
      if (!open || payload.length < WORTH_BYTES || payload.length > ROOM_BYTES) return false;
      try {
        for (let at = 0; at < payload.length; ) at += writeSync(fd, payload, at, payload.length - at, putAt + at);
        return true;
      } catch {
        // The memory of the system, or of the container, is full.
        return false;
      }
    },
    take(into) {
      // Once closed, the number may be that of another file.
      if (!open || into.length > ROOM_BYTES) return false;
      try {
        for (let at = 0; at < into.length; ) {
          const read = readSync(fd, into, at, into.length - at, takeAt + at);
          if (read === 0) return false;
          at += read;
        }
        return true;
      } catch {
        return false;
      }
    },
    close() {
      if (open) closeSync(fd);
      open = false;
    },
  };
}

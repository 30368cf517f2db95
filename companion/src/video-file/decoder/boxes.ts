import { readSync } from 'node:fs';

/** Reads at most so many bytes at a place of the file; fewer at its end. */
export type ReadAt = (position: number, length: number) => Buffer;

/** A box or an element: its name, and where its content lies in the file. */
export interface Part {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export type PartsIn = (readAt: ReadAt, start: number, end: number) => Generator<Part>;

/** Parts looked at side by side; fragmented files have thousands, and what is looked for stands among the first or last. */
export const MOST_PARTS = 20_000;

/** @param file descriptor of a regular file @param size of it in bytes */
export function readerOf(file: number, size: number): ReadAt {
  return (position, length) => {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - position)));
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, position));
  };
}

/** Boxes of MP4 and its kin, side by side. */
export function* boxesIn(readAt: ReadAt, start: number, end: number): Generator<Part> {
  for (let at = start, count = 0; at + 8 <= end && count < MOST_PARTS; count++) {
    const head = readAt(at, 16);
    if (head.length < 8) return;
    const short = head.readUInt32BE(0);
    if (short === 1 && head.length < 16) return;
    const headBytes = short === 1 ? 16 : 8;
    const size = short === 1 ? Number(head.readBigUInt64BE(8)) : short || end - at;
    if (size < headBytes) return;
    yield { name: head.toString('latin1', 4, 8), start: at + headBytes, end: Math.min(end, at + size) };
    at += size;
  }
}

/** The parts at the end of a way through parts in parts. */
export function* descend(
  readAt: ReadAt,
  partsIn: PartsIn,
  [next, ...rest]: readonly string[],
  part: Part,
): Generator<Part> {
  if (next === undefined) {
    yield part;
    return;
  }
  for (const inner of partsIn(readAt, part.start, part.end)) {
    if (inner.name === next) yield* descend(readAt, partsIn, rest, inner);
  }
}

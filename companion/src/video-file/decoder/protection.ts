import { readSync } from 'node:fs';

/** Reads at most so many bytes at a place of the file; fewer at its end. */
type ReadAt = (position: number, length: number) => Buffer;

/** A box or an element: its name, and where its content lies in the file. */
interface Part {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

type PartsIn = (readAt: ReadAt, start: number, end: number) => Generator<Part>;

/** Parts looked at side by side; fragmented files have thousands, and what is looked for stands among the first or last. */
const MOST_PARTS = 20_000;

/**
 * Whether the pictures of a file are encrypted, by its tables alone. Asked before the demuxer is: it takes files whose
 * scheme it does not know for plain ones, and they would decode to noise that nobody may judge.
 * @param file descriptor of a regular file
 * @param size of it in bytes
 */
export function isProtected(file: number, size: number): boolean {
  const readAt: ReadAt = (position, length) => {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - position)));
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, position));
  };
  const isMatroska = readAt(0, 4).toString('hex') === EBML;
  return isMatroska ? matroskaProtected(readAt, size) : bmffProtected(readAt, size);
}

/** Boxes that lead to the descriptions of samples. */
const WAY_TO_SAMPLES = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'];
/** Encrypted pictures: Common Encryption and its kin, and FairPlay. */
const ENCRYPTED_SAMPLES: ReadonlySet<string> = new Set(['encv', 'drmi']);
/** Bytes before the entries of `stsd`: version, flags and their number. */
const STSD_HEAD = 8;

function bmffProtected(readAt: ReadAt, size: number): boolean {
  for (const { start, end } of descend(readAt, boxesIn, WAY_TO_SAMPLES, { name: '', start: 0, end: size })) {
    for (const entry of boxesIn(readAt, start + STSD_HEAD, end)) if (ENCRYPTED_SAMPLES.has(entry.name)) return true;
  }
  return false;
}

function* boxesIn(readAt: ReadAt, start: number, end: number): Generator<Part> {
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

const EBML = '1a45dfa3';
/** Segment, Tracks, TrackEntry. */
const WAY_TO_TRACKS = ['18538067', '1654ae6b', 'ae'];
/** ContentEncodings, ContentEncoding, ContentEncryption. */
const WAY_TO_ENCRYPTION = ['6d80', '6240', '5035'];
const TRACK_TYPE = '83';
const VIDEO_TRACK = 1;

function matroskaProtected(readAt: ReadAt, size: number): boolean {
  for (const track of descend(readAt, elementsIn, WAY_TO_TRACKS, { name: '', start: 0, end: size })) {
    const type = [...elementsIn(readAt, track.start, track.end)].find(({ name }) => name === TRACK_TYPE);
    if (!type || readAt(type.end - 1, 1)[0] !== VIDEO_TRACK) continue;
    if (!descend(readAt, elementsIn, WAY_TO_ENCRYPTION, track).next().done) return true;
  }
  return false;
}

function* elementsIn(readAt: ReadAt, start: number, end: number): Generator<Part> {
  for (let at = start, count = 0; at + 2 <= end && count < MOST_PARTS; count++) {
    const head = readAt(at, 12);
    const idBytes = Math.clz32(head[0] ?? 0) - 23;
    const sizeBytes = Math.clz32(head[idBytes] ?? 0) - 23;
    if (idBytes > 4 || sizeBytes > 8 || head.length < idBytes + sizeBytes) return;
    const marked = BigInt(`0x${head.toString('hex', idBytes, idBytes + sizeBytes)}`);
    const largest = (1n << BigInt(7 * sizeBytes)) - 1n;
    const stated = marked & largest;
    const content = at + idBytes + sizeBytes;
    // All ones: the size is not known, and the element reaches to the end of what holds it.
    const stop = stated === largest ? end : content + Number(stated);
    yield { name: head.toString('hex', 0, idBytes), start: content, end: Math.min(end, stop) };
    at = stop;
  }
}

/** The parts at the end of a way through parts in parts. */
function* descend(readAt: ReadAt, partsIn: PartsIn, [next, ...rest]: readonly string[], part: Part): Generator<Part> {
  if (next === undefined) {
    yield part;
    return;
  }
  for (const inner of partsIn(readAt, part.start, part.end)) {
    if (inner.name === next) yield* descend(readAt, partsIn, rest, inner);
  }
}

import { boxesIn, descend, MOST_PARTS, type Part, type ReadAt, readerOf } from './boxes.ts';

/**
 * Whether the pictures of a file are encrypted, by its tables alone. Asked before the demuxer is: it takes files whose
 * scheme it does not know for plain ones, and they would decode to noise that nobody may judge.
 * @param file descriptor of a regular file
 * @param size of it in bytes
 */
export function isProtected(file: number, size: number): boolean {
  const readAt = readerOf(file, size);
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

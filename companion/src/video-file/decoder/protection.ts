import { bmffBoxes } from '../../containers/bmff-boxes.ts';
import { type ByteSource, sourceOfFile } from '../../containers/byte-source.ts';
import { matroskaElements } from '../../containers/matroska-elements.ts';
import { descend } from '../../containers/part.ts';

/**
 * Whether the pictures of a file are encrypted, by its tables alone. Asked before the demuxer is: it takes files whose
 * scheme it does not know for plain ones, and they would decode to noise that nobody may judge.
 * @param file descriptor of a regular file
 * @param size of it in bytes
 */
export function isProtected(file: number, size: number): boolean {
  const source = sourceOfFile(file, size);
  const isMatroska = source.read(0, 4).toString('hex') === EBML;
  return isMatroska ? matroskaProtected(source) : bmffProtected(source);
}

/** Boxes that lead to the descriptions of samples. */
const WAY_TO_SAMPLES = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'];
/** Encrypted pictures: Common Encryption and its kin, and FairPlay. */
const ENCRYPTED_SAMPLES: ReadonlySet<string> = new Set(['encv', 'drmi']);
/** Bytes before the entries of `stsd`: version, flags and their number. */
const STSD_HEAD = 8;

function bmffProtected(source: ByteSource): boolean {
  for (const { start, end } of descend(source, bmffBoxes, WAY_TO_SAMPLES)) {
    for (const entry of bmffBoxes(source, start + STSD_HEAD, end)) if (ENCRYPTED_SAMPLES.has(entry.name)) return true;
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

function matroskaProtected(source: ByteSource): boolean {
  for (const track of descend(source, matroskaElements, WAY_TO_TRACKS)) {
    const type = [...matroskaElements(source, track.start, track.end)].find(({ name }) => name === TRACK_TYPE);
    if (!type || source.read(type.end - 1, 1)[0] !== VIDEO_TRACK) continue;
    if (!descend(source, matroskaElements, WAY_TO_ENCRYPTION, track).next().done) return true;
  }
  return false;
}

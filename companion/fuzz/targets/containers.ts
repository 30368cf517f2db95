import assert from 'node:assert/strict';
import { av1Transfer } from '../../src/containers/av1-sequence.ts';
import { bmffBoxes } from '../../src/containers/bmff-boxes.ts';
import { bmffItems } from '../../src/containers/bmff-items.ts';
import { type ByteSource, sourceOfBytes } from '../../src/containers/byte-source.ts';
import { gifBlocks } from '../../src/containers/gif-blocks.ts';
import { gifFrames } from '../../src/containers/gif-frames.ts';
import { jpegSegments } from '../../src/containers/jpeg-segments.ts';
import { matroskaElements } from '../../src/containers/matroska-elements.ts';
import { descend } from '../../src/containers/part.ts';
import { pngChunks } from '../../src/containers/png-chunks.ts';
import { riffChunks } from '../../src/containers/riff-chunks.ts';
import { tiffDirectories } from '../../src/containers/tiff-directories.ts';
import { openTiff, tiffEntries } from '../../src/containers/tiff-entries.ts';
import { webpFrames } from '../../src/containers/webp-frames.ts';
import { mutate } from '../../src/evidence/fixtures/mutate.ts';
import { richPictures } from '../../src/evidence/fixtures/rich-pictures.ts';
import { A1111, COMFY } from '../../src/evidence/fixtures/settings.ts';
import { box, fileType, keyedEntries, taggedWebm } from '../../src/evidence/fixtures/tagged-video.ts';
import { readVideoMetadata } from '../../src/evidence/metadata/read-metadata.ts';
import type { FuzzTarget } from '../fuzz-target.ts';

interface Stretch {
  readonly start: number;
  readonly end: number;
}

const READERS: readonly ((source: ByteSource) => Generator<Stretch>)[] = [
  jpegSegments,
  pngChunks,
  riffChunks,
  gifBlocks,
  directories,
  tiffEntries,
  allFields,
  bmffItems,
  (source) => bmffBoxes(source),
  (source) => matroskaElements(source),
  (source) => descend(source, bmffBoxes, ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd']),
  (source) => descend(source, matroskaElements, ['18538067', '1654ae6b', 'ae']),
];

/** Every directory is come to, once: they say no places of their own. */
function* directories(source: ByteSource): Generator<Stretch> {
  for (const _ of tiffDirectories(source)) yield { start: 0, end: 0 };
}

const EXIF_DIRECTORY = 0x8769;
/** Fields of the first directory, and of the one for EXIF. */
function* allFields(source: ByteSource): Generator<Stretch> {
  const tiff = openTiff(source);
  let place: number | undefined;
  for (const field of tiff?.fields() ?? []) {
    // What a field claims may lie anywhere; what is read of it may not.
    yield { start: Math.min(field.start, source.size), end: Math.min(field.end, source.size) };
    if (field.tag === EXIF_DIRECTORY) place = tiff?.numberOf(field);
  }
  if (place !== undefined) for (const field of tiff?.fields(place) ?? []) if (field.whole) yield field;
}

/** Boxes in boxes, the last as long as what holds it, and elements with and without a size. */
const movie = ['stsd', 'stbl', 'minf', 'mdia', 'trak', 'moov'].reduce(
  (content, name) => Buffer.concat([box(name, content), box('free', Buffer.alloc(3))]),
  box('encv', Buffer.alloc(8)),
);
const SEEDS: readonly Buffer[] = [
  Buffer.concat([fileType, box('moov', keyedEntries({ prompt: COMFY, comment: A1111 }))]),
  taggedWebm({ COMMENT: A1111, PROMPT: COMFY }),
  ...Object.values(richPictures).map(([bytes]) => bytes),
  Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\0\0mp42')),
    movie,
    Buffer.from('\0\0\0\x01mdat\0\0\0\0\0\0\0\x18', 'latin1'),
  ]),
  Buffer.from('1a45dfa3834282811853806701ffffffffffffff1654ae6b8aae888381016d80836240801f43b675ff', 'hex'),
  Buffer.from(
    'GIF89a\x04\0\x04\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\0\x0a\0\0\0,\0\0\0\0\x04\0\x04\0\0\x02\x02D\x01\0;',
    'latin1',
  ),
];
/** Only the beginnings of large seeds, where the structure is: damage must hit it. Bytes. */
const SEED_BYTES = 16 * 1024;
/** Reads of a file for each byte of it, at most; a walk that goes back or stands still needs more. */
const READS_PER_BYTE = 2;
/** For files that are almost empty. */
const LEAST_READS = 16;

/** @throws AssertionError for an offset outside the file, or for work that grows faster than the file */
function walk(bytes: Uint8Array, reader: (source: ByteSource) => Generator<Stretch>): void {
  const memory = sourceOfBytes(bytes);
  const most = LEAST_READS + READS_PER_BYTE * memory.size;
  let reads = 0;
  const counted: ByteSource = {
    size: memory.size,
    read(start, length) {
      assert.ok(++reads <= most, `more than ${most} reads of ${memory.size} bytes`);
      return memory.read(start, length);
    },
  };
  for (const { start, end } of reader(counted)) {
    assert.ok(0 <= start && start <= end && end <= memory.size, `${start} to ${end} of ${memory.size} bytes`);
  }
}

/** Damaged containers of every kind through every reader, whatever the file began as. */
export const target: FuzzTarget = {
  name: 'containers',
  async run(random) {
    const seed = random.pick(SEEDS).subarray(0, SEED_BYTES);
    const bytes = mutate(Buffer.from(seed), [0, seed.length], (below) => random.int(below));
    for (const reader of READERS) walk(bytes, reader);
    readVideoMetadata(sourceOfBytes(bytes));
    av1Transfer(bytes);
    for (const frames of [gifFrames(bytes), webpFrames(bytes)]) {
      if (frames)
        assert.ok(frames.first().length <= bytes.length + LEAST_READS, 'the first frame is larger than the file');
    }
  },
};

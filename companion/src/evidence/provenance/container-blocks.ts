import { bmffBoxes } from '../../containers/bmff-boxes.ts';
import type { ByteSource } from '../../containers/byte-source.ts';
import { GIF_EXTENSION, gifBlocks } from '../../containers/gif-blocks.ts';
import { JPEG_MARKER, jpegSegments } from '../../containers/jpeg-segments.ts';
import { isIntact, pngChunks } from '../../containers/png-chunks.ts';
import { riffChunks } from '../../containers/riff-chunks.ts';
import { tiffEntries } from '../../containers/tiff-entries.ts';

/** A labelled stretch of a file that may hold credentials or name them. Offsets are absolute. */
export interface Block {
  /** As in the container: `APP11`, `caBX`, `C2PA`, `uuid:<32 hex digits>`, `tag:52545`. */
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

export type BlocksIn = (source: ByteSource) => Generator<Block>;

/** Application segments before the first scan. */
export function* jpegBlocks(source: ByteSource): Generator<Block> {
  for (const { marker, start, end } of jpegSegments(source)) {
    const number = marker - JPEG_MARKER.app0;
    if (number >= 0 && number <= 15) yield { label: `APP${number}`, start, end };
  }
}

/** Chunks that are looked into have their checksum verified; pixel data is the decoder's business. */
const CHECKED: ReadonlySet<string> = new Set(['caBX', 'iTXt']);

/** Chunks that are looked into; one with a wrong checksum ends the walk. */
export function* pngBlocks(source: ByteSource): Generator<Block> {
  for (const chunk of pngChunks(source)) {
    if (!CHECKED.has(chunk.name)) continue;
    if (!isIntact(source, chunk)) return;
    yield { label: chunk.name, start: chunk.start, end: chunk.end };
  }
}

/** Chunks inside the form of a WebP. */
export function* webpBlocks(source: ByteSource): Generator<Block> {
  for (const { name, start, end, whole } of riffChunks(source)) if (whole) yield { label: name, start, end };
}

/** Introducer, label, length, and the 8 letters and 3 bytes of authentication that an application has. */
const APPLICATION_HEAD_BYTES = 14;
const APPLICATION_NAME = { at: 3, bytes: 11 } as const;

/** Application extensions of a GIF up to its trailer, named by their letters and their authentication. */
export function* gifApplications(source: ByteSource): Generator<Block> {
  for (const { label, start, end } of gifBlocks(source)) {
    if (label !== GIF_EXTENSION.application) continue;
    const head = source.read(start, APPLICATION_HEAD_BYTES);
    if (head.length < APPLICATION_HEAD_BYTES || head[APPLICATION_NAME.at - 1] !== APPLICATION_NAME.bytes) continue;
    yield { label: head.toString('latin1', APPLICATION_NAME.at), start: start + APPLICATION_HEAD_BYTES, end };
  }
}

/** Fields of a TIFF's first directory. */
export function* tiffBlocks(source: ByteSource): Generator<Block> {
  for (const { tag, start, end } of tiffEntries(source)) yield { label: `tag:${tag}`, start, end };
}

const UUID_BYTES = 16;

/** Top-level boxes of a file that begins with `ftyp`; `uuid` boxes carry their identifier in the label. */
export function* isoMediaBlocks(source: ByteSource): Generator<Block> {
  let first = true;
  for (const { name, start, end, whole } of bmffBoxes(source)) {
    if (!whole || (first && name !== 'ftyp')) return;
    first = false;
    if (name !== 'uuid') yield { label: name, start, end };
    else if (end - start >= UUID_BYTES) {
      yield { label: `uuid:${source.read(start, UUID_BYTES).toString('hex')}`, start: start + UUID_BYTES, end };
    }
  }
}

import type { ByteSource } from './byte-source.ts';

/** Signature and the description of the screen. */
const HEAD_BYTES = 13;
/** Where the flags of the screen stand, and those of an image in its block. */
const FLAGS_AT = { screen: 10, image: 9 } as const;
const INTRODUCER = { extension: 0x21, image: 0x2c, trailer: 0x3b } as const;
/** Separator, place, size and flags. */
const IMAGE_HEAD_BYTES = 10;
/** Labels of extensions. */
export const GIF_EXTENSION = { graphicControl: 0xf9, comment: 0xfe, application: 0xff } as const;
/** Blocks that are walked: two a frame are enough for 50 minutes at 50 a second. Sub-blocks are bounded by the bytes. */
const MAX_BLOCKS = 300_000;
/** Sub-blocks are looked through in stretches that grow from the one to the other, in bytes. */
const STRETCH_BYTES = { first: 512, most: 64 * 1024 } as const;

export interface GifBlock {
  readonly kind: 'extension' | 'image' | 'trailer';
  /** Which extension; 0 for others. */
  readonly label: number;
  /** Where the block begins, and where its sub-blocks end. */
  readonly start: number;
  readonly end: number;
  /** False for one that is cut off: no other follows. */
  readonly whole: boolean;
}

/**
 * Blocks of a GIF up to its trailer, which is the last (GIF89a specification, 12 to 27). The walk ends without it in a file
 * that is damaged.
 */
export function* gifBlocks(source: ByteSource): Generator<GifBlock> {
  const head = source.read(0, HEAD_BYTES);
  if (head.length < HEAD_BYTES || !/^GIF8[79]a/.test(head.toString('latin1', 0, 6))) return;
  let at = HEAD_BYTES + colourTableBytes(head[FLAGS_AT.screen]);
  for (let count = 0; count < MAX_BLOCKS && at < source.size; count++) {
    const block = blockAt(source, at);
    if (!block) return;
    yield block;
    if (!block.whole || block.kind === 'trailer') return;
    at = block.end;
  }
}

function blockAt(source: ByteSource, start: number): GifBlock | undefined {
  const head = source.read(start, IMAGE_HEAD_BYTES);
  if (head[0] === INTRODUCER.trailer) return { kind: 'trailer', label: 0, start, end: start + 1, whole: true };
  if (head[0] === INTRODUCER.extension) {
    return { kind: 'extension', label: head[1] ?? 0, start, ...afterSubBlocks(source, start + 2) };
  }
  if (head[0] !== INTRODUCER.image) return undefined;
  // One byte between the colours and the data says how long the codes are.
  const data = start + IMAGE_HEAD_BYTES + colourTableBytes(head[FLAGS_AT.image]) + 1;
  return { kind: 'image', label: 0, start, ...afterSubBlocks(source, data) };
}

/** @returns bytes of the table that the flags announce */
function colourTableBytes(flags = 0): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** Where a chain of sub-blocks ends, each of which begins with its length: the last has none. */
function afterSubBlocks(source: ByteSource, from: number): { end: number; whole: boolean } {
  let at = from;
  for (let length: number = STRETCH_BYTES.first; at < source.size; length = Math.min(length * 2, STRETCH_BYTES.most)) {
    const stretch = source.read(at, length);
    if (stretch.length === 0) break;
    let inside = 0;
    while (inside < stretch.length) {
      const size = stretch[inside] ?? 0;
      inside += 1 + size;
      if (size === 0) return { end: at + inside, whole: true };
    }
    at += inside;
  }
  return { end: source.size, whole: false };
}

/** What a chain of sub-blocks holds, without their lengths. @param most bytes that are read of it */
export function subBlocks(source: ByteSource, from: number, most: number): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (let at = from; at < source.size && length < most; ) {
    const size = source.read(at, 1)[0] ?? 0;
    if (size === 0) break;
    const part = source.read(at + 1, Math.min(size, most - length));
    parts.push(part);
    length += part.length;
    at += 1 + size;
  }
  return Buffer.concat(parts);
}

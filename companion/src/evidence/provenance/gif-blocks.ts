import type { Block, ByteSource } from './container-blocks.ts';

const EXTENSION = 0x21;
const APPLICATION = 0xff;
const IMAGE = 0x2c;
/** Sub-blocks of at most 255 bytes each: enough for 64 MB, in a few milliseconds at worst. */
const MAX_STEPS = 300_000;

/** Application extensions of a GIF up to its trailer; the label is their 8 letters and 3 bytes of authentication. */
export function* gifBlocks(source: ByteSource): Generator<Block> {
  const head = source.read(0, 13);
  if (head.length < 13) return;
  let steps = 0;
  let at = 13 + colourTableBytes(head[10] ?? 0);

  const skipSubBlocks = (from: number): number => {
    let position = from;
    for (; steps < MAX_STEPS; steps++) {
      const size = source.read(position, 1)[0];
      if (size === undefined) return source.size;
      position += 1 + size;
      if (size === 0) return position;
    }
    return source.size;
  };

  for (; steps < MAX_STEPS && at < source.size; steps++) {
    const block = source.read(at, 14);
    if (block[0] === IMAGE && block.length >= 10) {
      at = skipSubBlocks(at + 11 + colourTableBytes(block[9] ?? 0));
    } else if (block[0] === EXTENSION && block.length >= 3) {
      const isApplication = block[1] === APPLICATION && block[2] === 11 && block.length === 14;
      const end = skipSubBlocks(at + 2);
      if (isApplication) yield { label: block.toString('latin1', 3, 14), start: at + 14, end };
      at = end;
    } else return;
  }
}

function colourTableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

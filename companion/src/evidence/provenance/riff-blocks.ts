import type { Block, ByteSource } from './container-blocks.ts';

const MAX_CHUNKS = 65_536;

/** Chunks inside the RIFF form of a WebP; what follows the declared size is not part of it. */
export function* riffBlocks(source: ByteSource): Generator<Block> {
  const head = source.read(0, 12);
  if (head.length < 12) return;
  const formEnd = Math.min(source.size, 8 + head.readUInt32LE(4));
  let at = 12;
  for (let count = 0; count < MAX_CHUNKS && at + 8 <= formEnd; count++) {
    const chunk = source.read(at, 8);
    const start = at + 8;
    const end = start + chunk.readUInt32LE(4);
    if (end > formEnd) return;
    yield { label: chunk.toString('latin1', 0, 4), start, end };
    at = end + (end & 1);
  }
}

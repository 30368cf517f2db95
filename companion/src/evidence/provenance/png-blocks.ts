import { crc32 } from 'node:zlib';
import type { Block, ByteSource } from './container-blocks.ts';

const SIGNATURE_BYTES = 8;
/** Encoders write chunks of 8 kB and more: enough for 64 MB. */
const MAX_CHUNKS = 65_536;
/** Chunks that are looked into have their checksum verified; pixel data is the decoder's business. */
const CHECKED = new Set(['caBX', 'iTXt']);

/** Chunks from IHDR to IEND. One that is looked into and has a wrong checksum ends the walk. */
export function* pngBlocks(source: ByteSource): Generator<Block> {
  let at = SIGNATURE_BYTES;
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const head = source.read(at, 8);
    if (head.length < 8) return;
    const label = head.toString('latin1', 4, 8);
    const start = at + 8;
    const end = start + head.readUInt32BE(0);
    if (end + 4 > source.size || (count === 0 && label !== 'IHDR') || label === 'IEND') return;
    if (CHECKED.has(label)) {
      const sum = source.read(end, 4);
      if (crc32(source.read(at + 4, end - at - 4)) !== sum.readUInt32BE(0)) return;
      yield { label, start, end };
    }
    at = end + 4;
  }
}

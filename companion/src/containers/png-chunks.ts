import { crc32 } from 'node:zlib';
import type { ByteSource } from './byte-source.ts';
import type { Part } from './part.ts';

/** Before the first chunk. */
export const PNG_SIGNATURE_BYTES = 8;
/** Length and type before a chunk's content. */
const HEAD_BYTES = 8;
/** Checksum behind it. */
export const PNG_CHECKSUM_BYTES = 4;
/** Of a chunk without content. */
export const LEAST_PNG_CHUNK_BYTES = HEAD_BYTES + PNG_CHECKSUM_BYTES;
/** Encoders write pixels in chunks of 8 kB and more: enough for 512 MB. */
const MAX_CHUNKS = 65_536;

/**
 * Chunks of a PNG from IHDR to IEND, both with them (W3C PNG specification, third edition, 5.2 and 5.3). None in a file
 * that does not begin with IHDR. What stands behind IEND is no part of the picture; the walk ends without IEND in a
 * file that is damaged or has too many chunks. Checksums are not looked at: see `isIntact`.
 */
export function* pngChunks(source: ByteSource): Generator<Part> {
  let at = PNG_SIGNATURE_BYTES;
  for (let count = 0; count < MAX_CHUNKS && at + LEAST_PNG_CHUNK_BYTES <= source.size; count++) {
    const head = source.read(at, HEAD_BYTES);
    if (head.length < HEAD_BYTES) return;
    const name = head.toString('latin1', 4, 8);
    if (count === 0 && name !== 'IHDR') return;
    const start = at + HEAD_BYTES;
    const end = start + head.readUInt32BE(0);
    const next = end + PNG_CHECKSUM_BYTES;
    const whole = next <= source.size;
    yield { name, start, end: Math.min(end, source.size), whole };
    if (!whole || name === 'IEND') return;
    at = next;
  }
}

/** Whether a chunk's checksum is right, which covers its type and content. Reads all of it. */
export function isIntact(source: ByteSource, { start, end, whole }: Part): boolean {
  if (!whole) return false;
  const [covered, checksum] = [source.read(start - 4, end - start + 4), source.read(end, PNG_CHECKSUM_BYTES)];
  return checksum.length === PNG_CHECKSUM_BYTES && crc32(covered) === checksum.readUInt32BE(0);
}

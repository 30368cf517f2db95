import type { ByteSource } from './byte-source.ts';
import type { Part } from './part.ts';

/**
 * Boxes looked at side by side. Fragmented videos of some hours have thousands, and what is looked for stands among the
 * first or, where the tables were written last, among the last.
 */
const MAX_BOXES = 20_000;
const HEAD_BYTES = 8;
/** With a length of 64 bits. */
const LONG_HEAD_BYTES = 16;

/**
 * Boxes of an ISO base media file side by side (ISO/IEC 14496-12, 4.2): AVIF, HEIC, MP4, MOV. A length of 0 reaches to the
 * end of what holds the box.
 * @param start where the first one begins @param end where what holds them ends
 */
export function* bmffBoxes(source: ByteSource, start = 0, end = source.size): Generator<Part> {
  let at = start;
  for (let count = 0; count < MAX_BOXES && at + HEAD_BYTES <= end; count++) {
    const head = source.read(at, LONG_HEAD_BYTES);
    if (head.length < HEAD_BYTES) return;
    const short = head.readUInt32BE(0);
    const long = short === 1;
    if (long && head.length < LONG_HEAD_BYTES) return;
    const headBytes = long ? LONG_HEAD_BYTES : HEAD_BYTES;
    const size = long ? Number(head.readBigUInt64BE(8)) : short === 0 ? end - at : short;
    if (size < headBytes || at + headBytes > end) return;
    const whole = at + size <= end;
    const name = head.toString('latin1', 4, 8);
    yield { name, start: at + headBytes, end: whole ? at + size : end, whole };
    if (!whole) return;
    at += size;
  }
}

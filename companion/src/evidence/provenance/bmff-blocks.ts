import type { Block, ByteSource } from './container-blocks.ts';

/** A fragmented video of some hours has thousands of top-level boxes; the manifest stands among the first. */
const MAX_BOXES = 4096;

/** Top-level boxes of an ISO base media file (AVIF, HEIC, MP4, MOV); `uuid` boxes carry their identifier in the label. */
export function* bmffBlocks(source: ByteSource): Generator<Block> {
  let at = 0;
  for (let count = 0; count < MAX_BOXES && at + 8 <= source.size; count++) {
    const head = source.read(at, 32);
    if (head.length < 8) return;
    const type = head.toString('latin1', 4, 8);
    const short = head.readUInt32BE(0);
    const long = short === 1;
    if (long && head.length < 16) return;
    const size = long ? Number(head.readBigUInt64BE(8)) : short === 0 ? source.size - at : short;
    const headBytes = long ? 16 : 8;
    const end = at + size;
    if (size < headBytes || end > source.size || (count === 0 && type !== 'ftyp')) return;
    if (type !== 'uuid') yield { label: type, start: at + headBytes, end };
    else if (size >= headBytes + 16) {
      const uuid = head.toString('hex', headBytes, headBytes + 16);
      yield { label: `uuid:${uuid}`, start: at + headBytes + 16, end };
    }
    at = end;
  }
}

import type { Block, ByteSource } from './container-blocks.ts';

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const APP0 = 0xe0;
/** A camera's JPEG has some dozens; a manifest of 1 MB takes 16. */
const MAX_SEGMENTS = 4096;

/** Application segments between the start of the image and its first scan; `start` is after the length field. */
export function* jpegBlocks(source: ByteSource): Generator<Block> {
  let at = 2;
  for (let count = 0; count < MAX_SEGMENTS; count++) {
    const head = source.read(at, 4);
    if (head.length < 4 || head[0] !== 0xff) return;
    const marker = head[1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === START_OF_SCAN || marker === END_OF_IMAGE) return;
    const end = at + 2 + head.readUInt16BE(2);
    if (end > source.size || end < at + 4) return;
    if (marker >= APP0 && marker <= 0xef) yield { label: `APP${marker - APP0}`, start: at + 4, end };
    at = end;
  }
}

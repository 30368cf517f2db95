import { bmffBoxes } from './bmff-boxes.ts';
import type { ByteSource } from './byte-source.ts';
import { descend, type Part } from './part.ts';

/** Version and flags of a box. */
const VERSION_BYTES = 4;
/** Items looked at; pictures made of tiles have some hundred. */
const MAX_ITEMS = 1_000;
/** Largest table that is read, in bytes. */
const MAX_TABLE_BYTES = 64 * 1024;
/** Where an item's bytes lie: in the file itself. */
const IN_FILE = 0;

/**
 * Where the items of a picture begin in the file (ISO/IEC 14496-12, 8.11.3): the first stretch of each, as far as the file
 * goes. Items that lie elsewhere are left out.
 */
export function* bmffItems(source: ByteSource): Generator<Pick<Part, 'start' | 'end'>> {
  for (const meta of bmffBoxes(source)) {
    if (meta.name !== 'meta') continue;
    const inside = { start: meta.start + VERSION_BYTES, end: meta.end };
    for (const { start, end } of descend(source, bmffBoxes, ['iloc'], inside)) {
      yield* itemsIn(source.read(start, Math.min(end - start, MAX_TABLE_BYTES)), source.size);
    }
  }
}

function* itemsIn(table: Buffer, size: number): Generator<Pick<Part, 'start' | 'end'>> {
  let at = 0;
  let short = false;
  const number = (bytes: number): number => {
    if (at + bytes > table.length) short = true;
    const value =
      short || bytes === 0 ? 0 : bytes === 8 ? Number(table.readBigUInt64BE(at)) : table.readUIntBE(at, bytes);
    at += bytes;
    return value;
  };
  const version = number(1);
  number(3);
  const [sizes, more] = [number(1), number(1)];
  const widths = [sizes >> 4, sizes & 15, more >> 4, version === 0 ? 0 : more & 15] as const;
  if (widths.some((width) => width !== 0 && width !== 4 && width !== 8)) return;
  const [offsetBytes, lengthBytes, baseBytes, indexBytes] = widths;
  const count = Math.min(number(version < 2 ? 2 : 4), MAX_ITEMS);
  for (let item = 0; item < count && !short; item++) {
    number(version < 2 ? 2 : 4);
    const place = version === 0 ? IN_FILE : number(2) & 15;
    number(2);
    const base = number(baseBytes);
    const extents = number(2);
    for (let extent = 0; extent < extents && !short; extent++) {
      number(indexBytes);
      const start = base + number(offsetBytes);
      const length = number(lengthBytes);
      if (extent === 0 && !short && place === IN_FILE && start < size) {
        // Without a length it is all that is left.
        yield { start, end: length === 0 ? size : Math.min(size, start + length) };
      }
    }
  }
}

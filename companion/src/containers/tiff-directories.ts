import type { ByteSource } from './byte-source.ts';

const HEAD_BYTES = 8;
const ENTRY_BYTES = 12;
const MAGIC = 42;
/** Field types whose single value stands in the entry itself: byte, short, long, and a place of a directory. */
const BYTE = 1;
const SHORT = 3;
const LONGS: ReadonlySet<number> = new Set([4, 13]);
/** Places of directories inside one (TIFF tech note 1). */
const SUB_DIRECTORIES = 330;
/** Directories that are looked at; cameras write fewer than ten. */
const MAX_DIRECTORIES = 32;

/** A directory. */
export interface TiffDirectory {
  /** Where its fields begin and end, as far as the file goes. */
  readonly start: number;
  readonly end: number;
  /** The first value of each field, by tag, where it is a whole number. */
  readonly values: ReadonlyMap<number, number>;
}

/** All directories of a TIFF: those of the chain and those inside them (TIFF 6.0, section 2). */
export function* tiffDirectories(source: ByteSource): Generator<TiffDirectory> {
  const head = source.read(0, HEAD_BYTES);
  if (head.length < HEAD_BYTES) return;
  const little = head[0] === 0x49;
  const u16 = (buffer: Buffer, at: number): number => (little ? buffer.readUInt16LE(at) : buffer.readUInt16BE(at));
  const u32 = (buffer: Buffer, at: number): number => (little ? buffer.readUInt32LE(at) : buffer.readUInt32BE(at));
  if (u16(head, 2) !== MAGIC) return;
  const waiting = [u32(head, 4)];
  const seen = new Set<number>();
  for (let place = waiting.shift(); place !== undefined; place = waiting.shift()) {
    if (place === 0 || seen.has(place) || seen.size === MAX_DIRECTORIES) continue;
    seen.add(place);
    const countField = source.read(place, 2);
    if (countField.length < 2) continue;
    const entryBytes = u16(countField, 0) * ENTRY_BYTES;
    const entries = source.read(place + 2, entryBytes);
    const values = new Map<number, number>();
    for (let at = 0; at + ENTRY_BYTES <= entries.length; at += ENTRY_BYTES) {
      const [tag, type, count] = [u16(entries, at), u16(entries, at + 2), u32(entries, at + 4)];
      if (tag === SUB_DIRECTORIES && LONGS.has(type)) {
        const places =
          count === 1
            ? entries.subarray(at + 8, at + 12)
            : source.read(u32(entries, at + 8), Math.min(count, MAX_DIRECTORIES) * 4);
        for (let index = 0; index + 4 <= places.length; index += 4) waiting.push(u32(places, index));
      }
      if (type === BYTE) values.set(tag, entries[at + 8] ?? 0);
      else if (type === SHORT) values.set(tag, u16(entries, at + 8));
      else if (LONGS.has(type)) values.set(tag, u32(entries, at + 8));
    }
    yield { start: place + 2, end: place + 2 + entries.length, values };
    const next = source.read(place + 2 + entryBytes, 4);
    if (next.length === 4) waiting.push(u32(next, 0));
  }
}

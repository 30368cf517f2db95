import type { ByteSource } from './byte-source.ts';

/** Bytes of one value, by field type (TIFF 6.0, section 2; 13 of its tech note 1; 129, text in UTF-8, of Exif 3.0). */
const TYPE_BYTES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  129: 1,
};
const HEAD_BYTES = 8;
/** A directory has at most 65,535 of them, by the field that counts them. */
const ENTRY_BYTES = 12;
/** Longer values lie elsewhere in the file. */
const INLINE_BYTES = 4;
const MAGIC = 42;
const [SHORT, LONG, PLACE] = [3, 4, 13];

/** Where a field's value lies. */
export interface TiffEntry {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/** A field of a directory, whatever its type. */
export interface TiffField extends TiffEntry {
  readonly type: number;
  /** Whether its value lies in the entry itself. */
  readonly inline: boolean;
  /** False for a value whose count reaches beyond the file: it ends there. */
  readonly whole: boolean;
}

/** Directories of a TIFF, one at a time. */
export interface TiffReader {
  /** Place of the first directory. */
  readonly first: number;
  /** Fields of a directory. @param place of it; the first one where none is given */
  fields(place?: number): Generator<TiffField>;
  /** Place of the directory after another one in the chain; 0 or undefined behind the last. */
  after(place: number): number | undefined;
  /** The first value of a field, where it is a whole number as places are. */
  numberOf(field: TiffField): number | undefined;
  /** The first values of a field of places of directories. */
  placesIn(field: TiffField, most: number): number[];
}

/** @returns undefined for what does not begin as a TIFF does */
export function openTiff(source: ByteSource): TiffReader | undefined {
  const head = source.read(0, HEAD_BYTES);
  if (head.length < HEAD_BYTES) return undefined;
  const little = head[0] === 0x49;
  const u16 = (buffer: Buffer, at: number): number => (little ? buffer.readUInt16LE(at) : buffer.readUInt16BE(at));
  const u32 = (buffer: Buffer, at: number): number => (little ? buffer.readUInt32LE(at) : buffer.readUInt32BE(at));
  if (u16(head, 2) !== MAGIC) return undefined;
  const first = u32(head, 4);
  /** Length of a directory's entries, in bytes. */
  const lengthOf = (place: number): number | undefined => {
    const countField = source.read(place, 2);
    return countField.length < 2 ? undefined : u16(countField, 0) * ENTRY_BYTES;
  };
  return {
    first,
    *fields(place = first) {
      const entries = source.read(place + 2, lengthOf(place) ?? 0);
      for (let at = 0; at + ENTRY_BYTES <= entries.length; at += ENTRY_BYTES) {
        const type = u16(entries, at + 2);
        const length = u32(entries, at + 4) * (TYPE_BYTES[type] ?? 0);
        const inline = length <= INLINE_BYTES;
        const start = inline ? place + 2 + at + ENTRY_BYTES - INLINE_BYTES : u32(entries, at + 8);
        const end = Math.min(start + length, Math.max(start, source.size));
        yield { tag: u16(entries, at), type, start, end, inline, whole: end === start + length };
      }
    },
    after(place) {
      const length = lengthOf(place);
      const next = source.read(place + 2 + (length ?? 0), 4);
      return length === undefined || next.length < 4 ? undefined : u32(next, 0);
    },
    placesIn({ type, start, end }, most) {
      if (type !== LONG && type !== PLACE) return [];
      const places = source.read(start, Math.min(end - start, most * 4));
      return Array.from({ length: Math.floor(places.length / 4) }, (_, index) => u32(places, index * 4));
    },
    numberOf({ type, start, end }) {
      if (type === SHORT && end - start >= 2) return u16(source.read(start, 2), 0);
      return (type === LONG || type === PLACE) && end - start >= 4 ? u32(source.read(start, 4), 0) : undefined;
    },
  };
}

/** Fields of a TIFF's first directory whose value lies elsewhere in the file, and inside it (TIFF 6.0, section 2). */
export function* tiffEntries(source: ByteSource): Generator<TiffEntry> {
  for (const { tag, start, end, inline, whole } of openTiff(source)?.fields() ?? []) {
    if (!inline && whole) yield { tag, start, end };
  }
}

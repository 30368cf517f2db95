import type { ByteSource } from './byte-source.ts';

/** Bytes of one value, by field type 1..12 (TIFF 6.0, section 2). */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
const HEAD_BYTES = 8;
/** A directory has at most 65,535 of them, by the field that counts them. */
const ENTRY_BYTES = 12;
/** Longer values lie elsewhere in the file. */
const INLINE_BYTES = 4;
const MAGIC = 42;

/** Where a field's value lies. */
export interface TiffEntry {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/** Fields of a TIFF's first directory whose value lies elsewhere in the file, and inside it (TIFF 6.0, section 2). */
export function* tiffEntries(source: ByteSource): Generator<TiffEntry> {
  const head = source.read(0, HEAD_BYTES);
  if (head.length < HEAD_BYTES) return;
  const little = head[0] === 0x49;
  const u16 = (buffer: Buffer, at: number): number => (little ? buffer.readUInt16LE(at) : buffer.readUInt16BE(at));
  const u32 = (buffer: Buffer, at: number): number => (little ? buffer.readUInt32LE(at) : buffer.readUInt32BE(at));
  if (u16(head, 2) !== MAGIC) return;
  const directory = u32(head, 4);
  const countField = source.read(directory, 2);
  if (countField.length < 2) return;
  const entries = source.read(directory + 2, u16(countField, 0) * ENTRY_BYTES);
  for (let at = 0; at + ENTRY_BYTES <= entries.length; at += ENTRY_BYTES) {
    const length = u32(entries, at + 4) * (TYPE_BYTES[u16(entries, at + 2)] ?? 0);
    const start = u32(entries, at + 8);
    if (length > INLINE_BYTES && start + length <= source.size) {
      yield { tag: u16(entries, at), start, end: start + length };
    }
  }
}

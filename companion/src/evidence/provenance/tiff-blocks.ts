import type { Block, ByteSource } from './container-blocks.ts';

/** Bytes of one value, by TIFF field type 1..12. */
const TYPE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
const ENTRY_BYTES = 12;

/** Fields of the first directory whose value lies elsewhere in the file. */
export function* tiffBlocks(source: ByteSource): Generator<Block> {
  const head = source.read(0, 8);
  if (head.length < 8) return;
  const little = head[0] === 0x49;
  const u16 = (buffer: Buffer, at: number): number => (little ? buffer.readUInt16LE(at) : buffer.readUInt16BE(at));
  const u32 = (buffer: Buffer, at: number): number => (little ? buffer.readUInt32LE(at) : buffer.readUInt32BE(at));
  if (u16(head, 2) !== 42) return;
  const directory = u32(head, 4);
  const countField = source.read(directory, 2);
  if (countField.length < 2) return;
  const entries = source.read(directory + 2, u16(countField, 0) * ENTRY_BYTES);
  for (let at = 0; at + ENTRY_BYTES <= entries.length; at += ENTRY_BYTES) {
    const length = u32(entries, at + 4) * (TYPE_BYTES[u16(entries, at + 2)] ?? 0);
    const start = u32(entries, at + 8);
    if (length > 4 && start + length <= source.size) {
      yield { label: `tag:${u16(entries, at)}`, start, end: start + length };
    }
  }
}

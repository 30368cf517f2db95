import { readSync } from 'node:fs';

/** Random access to a file or to bytes in memory; a read past the end gives fewer bytes. */
export interface ByteSource {
  /** Bytes. */
  readonly size: number;
  /** Bytes at a place; of bytes in memory a view, no copy. */
  read(start: number, length: number): Buffer;
}

/** Bytes in memory. */
export function sourceOfBytes(bytes: Uint8Array): ByteSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { size: buffer.length, read: (start, length) => buffer.subarray(start, start + length) };
}

/**
 * A file that is open.
 * @param descriptor of a regular file; it stays the caller's to close
 * @param size of the file, in bytes
 */
export function sourceOfFile(descriptor: number, size: number): ByteSource {
  return {
    size,
    read(start, length) {
      const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - start)));
      let filled = 0;
      while (filled < buffer.length) {
        const count = readSync(descriptor, buffer, filled, buffer.length - filled, start + filled);
        if (count === 0) break;
        filled += count;
      }
      return buffer.subarray(0, filled);
    },
  };
}

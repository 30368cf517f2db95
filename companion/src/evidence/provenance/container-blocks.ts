/** A labelled stretch of a file that the container's own structure points at. Offsets are absolute. */
export interface Block {
  /** As in the container: `APP11`, `caBX`, `C2PA`, `uuid:<32 hex digits>`, `tag:52545`. */
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/** Random access to a file or to bytes in memory; a read past the end gives fewer bytes. */
export interface ByteSource {
  readonly size: number;
  read(start: number, length: number): Buffer;
}

export function sourceOfBytes(bytes: Uint8Array): ByteSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { size: buffer.length, read: (start, length) => buffer.subarray(start, start + length) };
}

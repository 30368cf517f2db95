/** Bytes as text, a letter a byte (Latin-1), as signatures are written in specifications; never beyond the end. */
export function latin(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

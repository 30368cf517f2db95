const SIGNATURE_BYTES = 8;
/** Length and type before a chunk's content, and its checksum behind. */
const CHUNK_BYTES = 12;

/**
 * Frames of a PNG, of which the decoder shows the first alone: an animated one says how many in a chunk before its
 * pixels.
 * @returns 1 for a picture that stands still, or whose chunks make no sense
 */
export function pngFrames(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = SIGNATURE_BYTES; at + CHUNK_BYTES <= bytes.byteLength; ) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === 'acTL') return Math.max(1, view.getUint32(at + 8));
    if (type === 'IDAT' || type === 'IEND') return 1;
    at += CHUNK_BYTES + view.getUint32(at);
  }
  return 1;
}

export interface JpegSegment {
  /** Second byte of the marker, for instance 0xe1 for APP1. */
  readonly marker: number;
  readonly data: Uint8Array;
}

/** Cameras write about 20 segments and ICC profiles some more; thousands are made to cost time. */
const MAX_SEGMENTS = 2000;

/** Markers without a length: restart markers, TEM, SOI. */
const isStandalone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/**
 * Segments of a JPEG before its image data. What lies inside a segment (a thumbnail is a JPEG too) is not walked.
 * @returns `complete` when every length fits and the image data is reached
 */
export function jpegSegments(bytes: Uint8Array): { segments: JpegSegment[]; complete: boolean } {
  const segments: JpegSegment[] = [];
  for (let at = 2; at + 4 <= bytes.length && segments.length < MAX_SEGMENTS; ) {
    if (bytes[at] !== 0xff) break;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff || isStandalone(marker)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (marker === 0xda) return { segments, complete: true };
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const end = at + 2 + length;
    if (marker === 0xd9 || length < 2 || end > bytes.length) break;
    segments.push({ marker, data: bytes.subarray(at + 4, end) });
    at = end;
  }
  return { segments, complete: false };
}

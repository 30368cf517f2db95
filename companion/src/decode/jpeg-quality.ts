import { sourceOfBytes } from '../containers/byte-source.ts';
import { JPEG_MARKER, jpegSegments } from '../containers/jpeg-segments.ts';

/** Sums of the standard luminance table (ITU-T T.81, table K.1), which encoders scale by quality. */
const STANDARD_LUMINANCE_SUM = 3685;

/**
 * Estimates the quality setting from the first quantisation table, by the scale that the IJG encoder would have used.
 * @returns 1..100, or undefined when there is no table before the image data
 */
export function jpegQuality(bytes: Uint8Array): number | undefined {
  for (const { marker, start, end } of jpegSegments(sourceOfBytes(bytes))) {
    if (marker === JPEG_MARKER.dqt) return qualityOfTable(bytes.subarray(start, end));
  }
  return undefined;
}

function qualityOfTable(segment: Uint8Array): number | undefined {
  const wide = ((segment[0] ?? 0) & 0xf0) !== 0;
  const size = wide ? 128 : 64;
  if (segment.length < 1 + size) return undefined;
  let sum = 0;
  for (let i = 1; i <= size; i += wide ? 2 : 1)
    sum += wide ? ((segment[i] ?? 0) << 8) | (segment[i + 1] ?? 0) : (segment[i] ?? 0);
  const scale = (100 * sum) / STANDARD_LUMINANCE_SUM;
  const quality = scale <= 100 ? (200 - scale) / 2 : 5000 / scale;
  return Math.max(1, Math.min(100, Math.round(quality)));
}

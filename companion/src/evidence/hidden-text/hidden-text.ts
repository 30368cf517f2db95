import { gunzipSync } from 'node:zlib';

/** What begins a text hidden in the lowest bits: of transparency or of colours, as it is or packed. */
const SIGNATURES = {
  alpha: { plain: 'stealth_pnginfo', packed: 'stealth_pngcomp' },
  colours: { plain: 'stealth_rgbinfo', packed: 'stealth_rgbcomp' },
} as const;
const SIGNATURE_BYTES = 15;
/** Number of bits that follow. */
const LENGTH_BYTES = 4;
/** Of the text, packed and not; settings have some kB. */
const MAX_TEXT_BYTES = 1024 * 1024;

/** Pixels as a file stores them, row by row. */
export interface StoredPixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Text that NovelAI, and extensions of Stable Diffusion WebUI and Forge, hide in the lowest bits of a picture, column by
 * column, so that it survives programs that throw metadata away.
 * @param where `alpha`: one byte a pixel; `colours`: three
 * @returns undefined where the signature is not there, or what follows it is no text
 */
export function hiddenText({ data, width, height }: StoredPixels, where: 'alpha' | 'colours'): string | undefined {
  const channels = where === 'alpha' ? 1 : 3;
  const bitAt = (nth: number): number => {
    const pixel = Math.floor(nth / channels);
    const [x, y] = [Math.floor(pixel / height), pixel % height];
    return (data[(y * width + x) * channels + (nth % channels)] ?? 0) & 1;
  };
  const capacity = Math.floor((width * height * channels) / 8);
  const bytesAt = (from: number, count: number): Buffer =>
    Buffer.from(
      Uint8Array.from({ length: count }, (_, at) => {
        let byte = 0;
        for (let bit = 0; bit < 8; bit++) byte = (byte << 1) | bitAt((from + at) * 8 + bit);
        return byte;
      }),
    );
  if (capacity < SIGNATURE_BYTES + LENGTH_BYTES) return undefined;
  const signature = bytesAt(0, SIGNATURE_BYTES).toString('latin1');
  const { plain, packed } = SIGNATURES[where];
  if (signature !== plain && signature !== packed) return undefined;
  const length = Math.floor(bytesAt(SIGNATURE_BYTES, LENGTH_BYTES).readUInt32BE(0) / 8);
  const from = SIGNATURE_BYTES + LENGTH_BYTES;
  if (length === 0 || length > MAX_TEXT_BYTES || from + length > capacity) return undefined;
  const body = bytesAt(from, length);
  try {
    return (signature === packed ? gunzipSync(body, { maxOutputLength: MAX_TEXT_BYTES }) : body).toString('utf8');
  } catch {
    return undefined;
  }
}

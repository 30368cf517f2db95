/** Leading bytes of a file that are enough to tell its type. */
export const TYPE_BYTES = 32;

const starts = (bytes: Uint8Array, text: string, at = 0): boolean =>
  Array.from(text).every((letter, index) => bytes[at + index] === letter.charCodeAt(0));

/** Brands of ISO base media files that hold still pictures. */
const PICTURE_BRANDS = ['avif', 'avis', 'heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1'];

/**
 * Type of a picture by its first bytes; what a server calls it is not believed. Types that the companion refuses with a
 * sentence of its own (SVG, HEIC) count as pictures here, so that the person reads that sentence.
 * @returns undefined for what is no picture, for instance the HTML page that hot-link protection sends
 */
export function pictureType(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (starts(bytes, '\x89PNG\r\n\x1a\n')) return 'png';
  if (starts(bytes, 'GIF8')) return 'gif';
  if (starts(bytes, 'RIFF') && starts(bytes, 'WEBP', 8)) return 'webp';
  if (starts(bytes, 'II*\0') || starts(bytes, 'MM\0*') || starts(bytes, 'II+\0') || starts(bytes, 'MM\0+'))
    return 'tiff';
  if (starts(bytes, 'BM')) return 'bmp';
  if (starts(bytes, 'ftyp', 4)) return PICTURE_BRANDS.find((brand) => starts(bytes, brand, 8));
  if (starts(bytes, '\xff\x0a') || starts(bytes, '\0\0\0\x0cJXL ')) return 'jxl';
  if (starts(bytes, '\0\0\x01\0')) return 'ico';
  const text = new TextDecoder().decode(bytes.subarray(0, TYPE_BYTES)).trimStart().toLowerCase();
  return text.startsWith('<svg') || text.startsWith('<?xml') ? 'svg' : undefined;
}

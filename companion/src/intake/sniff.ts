import { TouchstoneError } from '@touchstone/shared';
import { isForeignVideo } from './foreign-video.ts';

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff' | 'bmp';

/** How far into a text file `<svg` may start: after an XML declaration, comments and a doctype. */
const SVG_SEARCH_BYTES = 4096;

const AVIF_BRANDS = new Set(['avif', 'avis']);
const HEIC_BRANDS = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1']);

/**
 * Tells the container by its first bytes; names and declared media types are not trusted.
 * @throws TouchstoneError `empty-file`, `svg-refused`, `heic-refused`, `video-unreadable` or `unsupported-format`
 */
export function sniffFormat(bytes: Uint8Array): PictureFormat {
  if (bytes.byteLength === 0) throw new TouchstoneError('empty-file');
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  const head = latin(bytes, 0, 16);
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif';
  if (startsWith(bytes, [0x49, 0x49, 0x2a, 0]) || startsWith(bytes, [0x4d, 0x4d, 0, 0x2a])) return 'tiff';
  if (isBmp(bytes)) return 'bmp';
  if (head.slice(4, 8) === 'ftyp') return sniffIsoMedia(bytes);
  if (isSvg(bytes)) throw new TouchstoneError('svg-refused');
  if (isForeignVideo(bytes)) throw new TouchstoneError('video-unreadable', 'a container of videos that is not read');
  throw new TouchstoneError('unsupported-format');
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function latin(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
    'latin1',
    start,
    Math.min(end, bytes.byteLength),
  );
}

/** "BM" alone begins many texts; the size of the information header tells. */
function isBmp(bytes: Uint8Array): boolean {
  if (!startsWith(bytes, [0x42, 0x4d]) || bytes.byteLength < 26) return false;
  const headerSize = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(14, true);
  return [12, 16, 40, 52, 56, 64, 108, 124].includes(headerSize);
}

/** AVIF and HEIC share a container; the brands tell them apart, and AVIF wins where both are named. */
function sniffIsoMedia(bytes: Uint8Array): PictureFormat {
  const boxSize = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
  const brands: string[] = [];
  for (let at = 8; at + 4 <= Math.min(boxSize, bytes.byteLength, 256); at += 4) brands.push(latin(bytes, at, at + 4));
  if (brands.some((brand) => AVIF_BRANDS.has(brand))) return 'avif';
  if (brands.some((brand) => HEIC_BRANDS.has(brand))) throw new TouchstoneError('heic-refused');
  throw new TouchstoneError('unsupported-format');
}

function isSvg(bytes: Uint8Array): boolean {
  // Gzipped drawings (.svgz) cannot be told from other gzip files and stay "unsupported".
  const start = latin(bytes, 0, SVG_SEARCH_BYTES).replaceAll('\0', '');
  return /^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*</.test(start) && /<svg[\s>:]/i.test(start);
}

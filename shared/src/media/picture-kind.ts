import { AVIF_BRANDS, brandsOf, HEIC_BRANDS } from './iso-brands.ts';
import { latin } from './latin.ts';

/** Pictures that are known by their bytes, whether they are read here or refused by name. */
export type PictureKind =
  | 'jpeg'
  | 'png'
  | 'webp'
  | 'gif'
  | 'tiff'
  | 'bmp'
  | 'avif'
  | 'heic'
  | 'svg'
  | 'jxl'
  | 'ico'
  | 'bigtiff';

/** Bytes of a file that tell every kind: `<svg` may stand behind an XML declaration, comments and a doctype. */
export const PICTURE_HEAD_BYTES = 4096;

/** Letters that a file begins with. */
const BEGINNINGS: readonly (readonly [beginning: string, kind: PictureKind])[] = [
  ['\xff\xd8\xff', 'jpeg'],
  ['\x89PNG\r\n\x1a\n', 'png'],
  ['GIF87a', 'gif'],
  ['GIF89a', 'gif'],
  ['II*\0', 'tiff'],
  ['MM\0*', 'tiff'],
  ['II+\0', 'bigtiff'],
  ['MM\0+', 'bigtiff'],
  ['\xff\x0a', 'jxl'],
  ['\0\0\0\x0cJXL ', 'jxl'],
  ['\0\0\x01\0', 'ico'],
];

/** Sizes of a bitmap's information header, from OS/2 1.x to version 5. */
const BMP_HEADER_SIZES: ReadonlySet<number> = new Set([12, 16, 40, 52, 56, 64, 108, 124]);
const BMP_LEAST_BYTES = 26;

/**
 * Kind of a picture by its first bytes; names and declared media types are not believed.
 * @param head the first bytes of the file, PICTURE_HEAD_BYTES of them where there are so many
 * @returns undefined for what is no picture, for instance the HTML page that hot-link protection sends
 */
export function pictureKind(head: Uint8Array): PictureKind | undefined {
  const start = latin(head, 0, 16);
  const known = BEGINNINGS.find(([beginning]) => start.startsWith(beginning));
  if (known) return known[1];
  if (isWebp(head)) return 'webp';
  if (isBmp(head)) return 'bmp';
  const brands = brandsOf(head);
  // One container holds both; where a file names both kinds, AVIF is what it can be read as.
  if (brands.some((brand) => AVIF_BRANDS.has(brand))) return 'avif';
  if (brands.some((brand) => HEIC_BRANDS.has(brand))) return 'heic';
  return isSvg(head) ? 'svg' : undefined;
}

const isWebp = (head: Uint8Array): boolean => latin(head, 0, 4) === 'RIFF' && latin(head, 8, 12) === 'WEBP';

/** Place and bit that say in an extended WebP's first chunk that it is animated (WebP container specification). */
const [WEBP_FLAGS_AT, WEBP_ANIMATED] = [20, 0x02];

/** Whether a WebP says of itself that it is animated. */
export function isAnimatedWebp(head: Uint8Array): boolean {
  return isWebp(head) && latin(head, 12, 16) === 'VP8X' && ((head[WEBP_FLAGS_AT] ?? 0) & WEBP_ANIMATED) !== 0;
}

/** "BM" alone begins many texts; the size of the information header tells. */
function isBmp(head: Uint8Array): boolean {
  if (latin(head, 0, 2) !== 'BM' || head.byteLength < BMP_LEAST_BYTES) return false;
  return BMP_HEADER_SIZES.has(new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(14, true));
}

/** Gzipped drawings (.svgz) cannot be told from other gzip files. */
function isSvg(head: Uint8Array): boolean {
  const start = latin(head, 0, PICTURE_HEAD_BYTES).replaceAll('\0', '');
  return /^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*</.test(start) && /<svg[\s>:]/i.test(start);
}

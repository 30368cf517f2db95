import { latin } from './latin.ts';

/** Brands are looked for in so many bytes of the first box; real files name fewer than ten. */
const BRAND_SEARCH_BYTES = 256;

/** Of AVIF (av1-avif, 6), and of its animated form. */
export const AVIF_BRANDS: ReadonlySet<string> = new Set(['avif', 'avis']);
/** Of HEIC and HEIF (ISO/IEC 23008-12, annex B), which share the container with AVIF and video. */
export const HEIC_BRANDS: ReadonlySet<string> = new Set('heic heix hevc hevx heim heis mif1 msf1'.split(' '));

/** The brand that a file of the ISO base media container names first; undefined for any other file. */
export function majorBrand(head: Uint8Array): string | undefined {
  const brand = latin(head, 8, 12);
  return latin(head, 4, 8) === 'ftyp' && brand.length === 4 ? brand : undefined;
}

/** Every brand that such a file names, the version that stands among them included; none for any other file. */
export function brandsOf(head: Uint8Array): string[] {
  if (majorBrand(head) === undefined) return [];
  const size = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0);
  const end = Math.min(size, head.byteLength, BRAND_SEARCH_BYTES);
  const brands: string[] = [];
  for (let at = 8; at + 4 <= end; at += 4) brands.push(latin(head, at, at + 4));
  return brands;
}

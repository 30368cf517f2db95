import { HEIC_BRANDS, majorBrand } from './iso-brands.ts';
import { latin } from './latin.ts';

/** First boxes of MP4 and MOV files; old QuickTime files start without `ftyp`. */
const FIRST_BOXES: ReadonlySet<string> = new Set('ftyp moov mdat wide free skip pnot styp moof sidx'.split(' '));
/** Brands of raw files of cameras and of sound, which share the container. */
const OTHER_BRANDS: ReadonlySet<string> = new Set(['crx ', 'M4A ', 'M4B ', 'M4P ', 'F4A ', 'F4B ']);
/** EBML, the outer layer of WebM and Matroska. */
const EBML = '\x1a\x45\xdf\xa3';

/** Extensions under which a file is taken for a video even where its bytes deny it, so that damage is reported. */
export const VIDEO_EXTENSIONS: ReadonlySet<string> = new Set('.mp4 .m4v .mov .webm .mkv .qt'.split(' '));

/**
 * Whether a file begins like a video of a known container; an animated AVIF (`avis`) is decoded as one.
 * @param head the first bytes of the file; twelve are enough
 */
export function isVideo(head: Uint8Array): boolean {
  if (latin(head, 0, 4) === EBML) return true;
  if (!FIRST_BOXES.has(latin(head, 4, 8))) return false;
  const brand = majorBrand(head);
  return brand === undefined || !(brand === 'avif' || HEIC_BRANDS.has(brand) || OTHER_BRANDS.has(brand));
}

/** Packets of a transport stream begin with this byte, every 188 bytes; discs put four bytes before each. */
const [TS_SYNC, TS_PACKET_BYTES, DISC_PREFIX_BYTES, TS_PACKETS] = [0x47, 188, 4, 3];

/** First bytes of other containers: MPEG program and video streams, Flash, Windows Media, Ogg, RealMedia. */
const FOREIGN_BEGINNINGS = [
  '\0\0\x01\xba',
  '\0\0\x01\xb3',
  'FLV\x01',
  '\x30\x26\xb2\x75\x8e\x66\xcf\x11',
  'OggS',
  '.RMF',
] as const;

/** Bytes of a file that tell all of these. */
export const FOREIGN_VIDEO_BYTES = DISC_PREFIX_BYTES + TS_PACKETS * (TS_PACKET_BYTES + DISC_PREFIX_BYTES);

/** Whether a file begins like a video of a container that is not read here: it is told so, and not called "no picture". */
export function isForeignVideo(head: Uint8Array): boolean {
  if (latin(head, 0, 4) === 'RIFF' && latin(head, 8, 11) === 'AVI') return true;
  const start = latin(head, 0, 8);
  if (FOREIGN_BEGINNINGS.some((beginning) => start.startsWith(beginning))) return true;
  return isTransportStream(head, 0, TS_PACKET_BYTES) || isTransportStream(head, DISC_PREFIX_BYTES, TS_PACKET_BYTES + 4);
}

const isTransportStream = (head: Uint8Array, from: number, step: number): boolean =>
  Array.from({ length: TS_PACKETS }, (_, index) => head[from + index * step]).every((byte) => byte === TS_SYNC);

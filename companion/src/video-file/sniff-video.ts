/** First boxes of MP4 and MOV files; old QuickTime files start without `ftyp`. */
const FIRST_BOXES = new Set(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot', 'styp', 'moof', 'sidx']);
/**
 * `ftyp` brands of still pictures, raw files of cameras and sound, which share the container; `avis` is an animated picture
 * and decoded as a video.
 */
const OTHER_BRANDS = new Set([
  ...['avif', 'heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1'],
  ...['crx ', 'M4A ', 'M4B ', 'M4P ', 'F4A ', 'F4B '],
]);
/** EBML, the outer layer of WebM and Matroska. */
const EBML = [0x1a, 0x45, 0xdf, 0xa3];

/** Extensions under which a file is taken for a video even where its bytes deny it, so that damage is reported. */
export const VIDEO_EXTENSIONS: ReadonlySet<string> = new Set('.mp4 .m4v .mov .webm .mkv .qt'.split(' '));

/**
 * Whether a file begins like a video of a known container; names and media types are not trusted.
 * @param head the first bytes of the file; twelve are enough
 */
export function isVideo(head: Uint8Array): boolean {
  if (EBML.every((byte, index) => head[index] === byte)) return true;
  const word = (at: number): string => String.fromCharCode(...head.subarray(at, at + 4));
  if (!FIRST_BOXES.has(word(4))) return false;
  return word(4) !== 'ftyp' || !OTHER_BRANDS.has(word(8));
}

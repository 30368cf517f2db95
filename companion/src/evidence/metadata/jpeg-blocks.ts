import { JPEG_MARKER, jpegHeader } from '../../containers/jpeg-segments.ts';
import { MAX_BLOCK_BYTES, type MetadataBlocks, NO_BLOCKS } from './metadata-block.ts';

const EXIF = 'Exif\0\0';
const XMP = 'http://ns.adobe.com/xap/1.0/\0';
const PHOTOSHOP = 'Photoshop 3.0\0';
const MAX_COMMENTS = 8;
const MAX_COMMENT_LENGTH = 64 * 1024;

/** Blocks of a JPEG: the first of each kind before the image data. */
export function jpegBlocks(bytes: Uint8Array): MetadataBlocks {
  const { segments, complete } = jpegHeader(bytes);
  if (!complete) return { ...NO_BLOCKS, skipped: true };
  const comments: string[] = [];
  let exif: Uint8Array | undefined;
  let xmp: Uint8Array | undefined;
  const photoshop: Uint8Array[] = [];
  for (const { marker, data } of segments) {
    if (marker === 0xe1 && !exif) exif = after(data, EXIF);
    if (marker === 0xe1 && !xmp) xmp = after(data, XMP);
    if (marker === 0xed) {
      // Resources longer than one segment go on in the next.
      const part = after(data, PHOTOSHOP);
      if (part) photoshop.push(part);
    }
    if (marker === JPEG_MARKER.com && comments.length < MAX_COMMENTS) {
      comments.push(Buffer.from(data.subarray(0, MAX_COMMENT_LENGTH)).toString('utf8'));
    }
  }
  const resources = photoshop.length > 0 ? Buffer.concat(photoshop) : undefined;
  const tooLarge = (resources?.length ?? 0) > MAX_BLOCK_BYTES;
  return { text: new Map(), comments, exif, xmp, photoshop: tooLarge ? undefined : resources, skipped: tooLarge };
}

function after(data: Uint8Array, prefix: string): Uint8Array | undefined {
  const start = Buffer.from(data.buffer, data.byteOffset, Math.min(prefix.length, data.length));
  return start.toString('latin1') === prefix ? data.subarray(prefix.length) : undefined;
}

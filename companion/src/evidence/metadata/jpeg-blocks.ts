import { JPEG_MARKER, jpegHeader } from '../../containers/jpeg-segments.ts';
import { createExtendedXmp } from './extended-xmp.ts';
import { MAX_BLOCK_BYTES, MAX_BLOCKS, type MetadataBlocks, NO_BLOCKS } from './metadata-block.ts';

const EXIF = 'Exif\0\0';
const XMP = 'http://ns.adobe.com/xap/1.0/\0';
const EXTENDED_XMP = 'http://ns.adobe.com/xmp/extension/\0';
const PHOTOSHOP = 'Photoshop 3.0\0';
const MAX_COMMENTS = 8;
const MAX_COMMENT_LENGTH = 64 * 1024;

/** Blocks of a JPEG before the image data, each kind in the order of the file; of XMP the extended part behind them. */
export function jpegBlocks(bytes: Uint8Array): MetadataBlocks {
  const { segments, complete } = jpegHeader(bytes);
  if (!complete) return { ...NO_BLOCKS, skipped: true };
  const comments: string[] = [];
  const exif: Uint8Array[] = [];
  const xmp: Uint8Array[] = [];
  const photoshop: Uint8Array[] = [];
  const extended = createExtendedXmp();
  for (const { marker, data } of segments) {
    if (marker === 0xe1) {
      const part = after(data, EXTENDED_XMP);
      const [block, packet] = [after(data, EXIF), after(data, XMP)];
      if (part) extended.add(part);
      if (block && exif.length < MAX_BLOCKS) exif.push(block);
      if (packet && xmp.length < MAX_BLOCKS - 1) xmp.push(packet);
    }
    if (marker === 0xed) {
      // Resources longer than one segment go on in the next.
      const part = after(data, PHOTOSHOP);
      if (part) photoshop.push(part);
    }
    if (marker === JPEG_MARKER.com && comments.length < MAX_COMMENTS) {
      comments.push(Buffer.from(data.subarray(0, MAX_COMMENT_LENGTH)).toString('utf8'));
    }
  }
  const rest = extended.whole(xmp);
  if (rest) xmp.push(rest);
  const resources = photoshop.length > 0 ? Buffer.concat(photoshop) : undefined;
  const tooLarge = (resources?.length ?? 0) > MAX_BLOCK_BYTES;
  return { text: new Map(), comments, exif, xmp, photoshop: tooLarge ? undefined : resources, skipped: tooLarge };
}

function after(data: Uint8Array, prefix: string): Uint8Array | undefined {
  const start = Buffer.from(data.buffer, data.byteOffset, Math.min(prefix.length, data.length));
  return start.toString('latin1') === prefix ? data.subarray(prefix.length) : undefined;
}

import { sourceOfBytes } from '../../containers/byte-source.ts';
import { gifBlocks as blocksOf, GIF_EXTENSION, subBlocks } from '../../containers/gif-blocks.ts';
import { MAX_BLOCK_BYTES, type MetadataBlocks, NO_BLOCKS } from './metadata-block.ts';

const MAX_COMMENTS = 8;
const MAX_COMMENT_BYTES = 64 * 1024;
/** Name and authentication code of the extension that holds a packet, behind the length of both. */
const XMP_NAME = '\x0bXMP DataXMP';
/** Introducer and label, before what an extension holds. */
const EXTENSION_HEAD_BYTES = 2;

/**
 * Comments of a GIF and its XMP packet, up to the trailer (GIF89a specification, 24 and 26; XMP specification, part 3,
 * 1.1.2). The packet is not divided into sub-blocks; 257 bytes behind it lead readers that do not know it to the end.
 */
export function gifBlocks(bytes: Uint8Array): MetadataBlocks {
  const source = sourceOfBytes(bytes);
  const comments: string[] = [];
  const xmp: Uint8Array[] = [];
  let skipped = true;
  for (const { kind, label, start, end, whole } of blocksOf(source)) {
    if (!whole) break;
    if (kind === 'trailer') skipped = false;
    if (kind !== 'extension') continue;
    const content = start + EXTENSION_HEAD_BYTES;
    if (label === GIF_EXTENSION.comment && comments.length < MAX_COMMENTS) {
      comments.push(subBlocks(source, content, MAX_COMMENT_BYTES).toString('utf8'));
    }
    if (label === GIF_EXTENSION.application && xmp.length === 0) {
      const packet = packetIn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(content, end));
      if (packet) xmp.push(packet);
    }
  }
  return { ...NO_BLOCKS, comments, xmp, skipped };
}

/** Length of what follows the packet: a byte 1, then 255 down to 0, then the end of the block. */
const TRAILER_BYTES = 258;

function packetIn(extension: Buffer): Buffer | undefined {
  if (extension.toString('latin1', 0, XMP_NAME.length) !== XMP_NAME) return undefined;
  const packet = extension.subarray(XMP_NAME.length, Math.max(XMP_NAME.length, extension.length - TRAILER_BYTES));
  return packet.length > 0 && packet.length <= MAX_BLOCK_BYTES ? packet : undefined;
}

import { crc32 } from 'node:zlib';
import { TouchstoneError } from '@touchstone/shared';
import { sourceOfBytes } from '../../containers/byte-source.ts';
import { PNG_CHECKSUM_BYTES, PNG_SIGNATURE_BYTES, pngChunks } from '../../containers/png-chunks.ts';

/** Length and type before a chunk's content. */
const HEAD_BYTES = 8;
/** Bytes of a frame's number, before its pixels. */
const SEQUENCE_BYTES = 4;
/** Of a frame's control chunk, up to its place. */
const CONTROL_BYTES = 20;

/**
 * An animated PNG as people see it: where the picture behind the header is hidden, because the animation does not begin
 * with it, that of the first frame takes its place (W3C PNG specification, third edition, 4.8).
 * @returns the same bytes for any other PNG
 * @throws TouchstoneError `unsupported-format` where the first frame covers a part of the picture only
 */
export function shownPng(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Buffer[] = [buffer.subarray(0, PNG_SIGNATURE_BYTES)];
  const pixels: Buffer[] = [];
  let [animated, frames] = [false, 0];
  let header: Buffer | undefined;
  for (const { name, start, end, whole } of pngChunks(sourceOfBytes(bytes))) {
    if (!whole) return bytes;
    const content = buffer.subarray(start, end);
    if (name === 'IHDR') header = content;
    if (name === 'acTL') animated = true;
    if (name === 'IDAT') {
      // The usual case: the first frame is the picture itself.
      if (!animated || frames > 0) return bytes;
    } else if (name === 'fcTL') {
      if (++frames > 1 && pixels.length > 0) break;
      if (!header || !coversAll(content, header)) {
        throw new TouchstoneError('unsupported-format', 'the first frame of the animation covers a part');
      }
    } else if (name === 'fdAT') {
      // Without a control chunk before them they belong to no frame, and browsers show the picture behind the header.
      if (frames > 0) pixels.push(chunk('IDAT', content.subarray(SEQUENCE_BYTES)));
    } else if (name !== 'acTL' && name !== 'IEND')
      kept.push(buffer.subarray(start - HEAD_BYTES, end + PNG_CHECKSUM_BYTES));
  }
  return animated && pixels.length > 0 ? Buffer.concat([...kept, ...pixels, chunk('IEND', Buffer.alloc(0))]) : bytes;
}

/** Whether a frame has the picture's size, and its place. */
function coversAll(control: Buffer, header: Buffer): boolean {
  if (control.length < CONTROL_BYTES || header.length < 8) return false;
  const isAtCorner = control.readUInt32BE(12) === 0 && control.readUInt32BE(16) === 0;
  return isAtCorner && control.subarray(4, 12).equals(header.subarray(0, 8));
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(PNG_CHECKSUM_BYTES)];
  length.writeUInt32BE(content.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

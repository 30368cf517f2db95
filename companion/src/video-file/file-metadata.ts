import type { FileHandle } from 'node:fs/promises';
import { type Evidence, type FileFact, MAX_CAPTURE_BYTES, TouchstoneError } from '@touchstone/shared';
import { sourceOfFile } from '../containers/byte-source.ts';
import type { PictureDecoder } from '../decode/picture-decoder.ts';
import { readMetadata, readVideoMetadata } from '../evidence/metadata/read-metadata.ts';
import { type PictureFormat, sniffFormat } from '../intake/sniff.ts';

export interface FileMetadata {
  readonly evidence: readonly Evidence[];
  readonly facts: readonly FileFact[];
}

const HEAD_BYTES = 64;

/**
 * What a file of moving pictures says about itself: the same that it would say as a picture, or its entries as a video.
 * @param size of the file, in bytes
 */
export async function fileMetadata(
  file: FileHandle,
  size: number,
  decoder: Pick<PictureDecoder, 'readHeader'>,
  signal?: AbortSignal,
): Promise<FileMetadata> {
  const format = await pictureFormat(file);
  if (format === undefined) return readVideoMetadata(sourceOfFile(file.fd, size));
  if (size > MAX_CAPTURE_BYTES) return { evidence: [], facts: [] };
  const bytes = new Uint8Array(size);
  await file.read(bytes, 0, size, 0);
  try {
    return readMetadata(bytes, await decoder.readHeader({ bytes, format, signal }));
  } catch (error) {
    // What its pictures say counts all the same; who gave up hears of it there.
    if (error instanceof TouchstoneError && error.code !== 'internal') return { evidence: [], facts: [] };
    throw error;
  }
}

async function pictureFormat(file: FileHandle): Promise<PictureFormat | undefined> {
  const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
  try {
    return sniffFormat(buffer.subarray(0, bytesRead));
  } catch {
    return undefined;
  }
}

import { createHash, webcrypto } from 'node:crypto';
import { type Lane, MAX_CAPTURE_BYTES, TouchstoneError } from '@touchstone/shared';
import type { PictureHeader } from './picture-header.ts';
import { type PictureFormat, sniffFormat } from './sniff.ts';

/** Up to here hashing takes under 3 ms on the event loop; longer inputs are hashed in the thread pool. */
const HASH_HERE_BYTES = 1024 * 1024;

/** What is known about a capture before it is decoded. */
export interface Intake {
  readonly header: PictureHeader;
  /** Lower-case hex of the bytes. */
  readonly sha256: string;
}

/** Reads the header of an encoded picture, as the picture decoder does. */
export interface HeaderReader {
  readHeader(request: {
    readonly bytes: Uint8Array;
    readonly format: PictureFormat;
    readonly lane?: Lane | undefined;
    readonly signal?: AbortSignal | undefined;
  }): Promise<PictureHeader>;
}

/**
 * First look at hostile bytes: length, container, header, limits, identity.
 * @throws TouchstoneError `too-large`, `empty-file`, `unsupported-format`, `video-unreadable`, `svg-refused`, `heic-refused`,
 *   `too-many-pixels`, `too-long`, `too-small`, `broken-picture`, and as the decoder does
 */
export async function inspectCapture(
  bytes: Uint8Array,
  decoder: HeaderReader,
  how: { readonly lane?: Lane; readonly signal?: AbortSignal | undefined } = {},
): Promise<Intake> {
  if (bytes.byteLength > MAX_CAPTURE_BYTES) throw new TouchstoneError('too-large');
  const format = sniffFormat(bytes);
  const [header, sha256] = await Promise.all([decoder.readHeader({ ...how, bytes, format }), sha256Of(bytes)]);
  return { header, sha256 };
}

/** @returns lower-case hex */
export async function sha256Of(bytes: Uint8Array): Promise<string> {
  if (bytes.byteLength <= HASH_HERE_BYTES) return createHash('sha256').update(bytes).digest('hex');
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString('hex');
}

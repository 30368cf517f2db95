import { open } from 'node:fs/promises';
import { MAX_CAPTURE_BYTES, MAX_TITLE_LENGTH, MAX_VIDEO_BYTES, TouchstoneError } from '@touchstone/shared';
import { MAX_FILES_PER_CALL } from '@touchstone/shared/api';
import { isVideo } from '@touchstone/shared/media';
import type { FastifyRequest } from 'fastify';
import type { Contents, HeldContent } from '../../store/contents.ts';

/** Bytes that tell a video from a picture. */
const HEAD_BYTES = 12;

/** Key of the files of a form. */
const FILE_KEY = 'file';

/** A file that lies on the disk, held until it is accepted. */
export interface ReceivedFile extends HeldContent {
  readonly kind: 'picture' | 'video';
  readonly fileName: string | undefined;
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * Writes a stream down under its hash, and looks what it is.
 * @throws TouchstoneError `empty-file`, `too-large`, `disk-full`, `cancelled`
 */
async function receiveFile(
  contents: Contents,
  stream: AsyncIterable<Uint8Array>,
  fileName: string | undefined,
  signal: AbortSignal,
): Promise<ReceivedFile> {
  const held = await contents.hold(stream, { limitBytes: MAX_VIDEO_BYTES, signal });
  try {
    const head = await contents.withFile(held.sha256, headOf);
    const kind = head !== undefined && isVideo(head) ? 'video' : 'picture';
    if (kind === 'picture' && held.bytes > MAX_CAPTURE_BYTES) throw new TouchstoneError('too-large');
    return { ...held, kind, fileName };
  } catch (error) {
    await held.release();
    throw error;
  }
}

/**
 * The files of a request in the order in which they come: its raw body, or the parts `file` of a form.
 * @param fileName of a raw body
 * @param received is given each file as soon as it is held; whoever calls lets them go
 */
export async function receiveFiles(
  request: FastifyRequest,
  contents: Contents,
  { fileName, received, signal }: { fileName?: string | undefined; received: ReceivedFile[]; signal: AbortSignal },
): Promise<void> {
  if (!request.isMultipart()) {
    received.push(await receiveFile(contents, request.raw, fileName, signal));
    return;
  }
  const limits = { files: MAX_FILES_PER_CALL, fields: 0, parts: MAX_FILES_PER_CALL, fileSize: MAX_VIDEO_BYTES };
  for await (const part of request.files({ limits })) {
    if (part.fieldname !== FILE_KEY) throw new TouchstoneError('bad-request', `form: no part is named ${FILE_KEY}`);
    const name = part.filename?.slice(0, MAX_TITLE_LENGTH);
    received.push(await receiveFile(contents, part.file, name === '' ? undefined : name, signal));
  }
  if (received.length === 0) throw new TouchstoneError('bad-request', 'form: it holds no file');
}

import { open } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
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

/** What a request may bring; without it, as many files as any call may, of any kind. */
export interface FileLimits {
  readonly most: number;
  readonly kinds: readonly ReceivedFile['kind'][];
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

interface ReceiveOptions {
  /** Of a raw body. */
  readonly fileName?: string | undefined;
  readonly limits?: FileLimits | undefined;
  /** Is given the files that are held, in their order, also where others failed; whoever calls lets them go. */
  readonly received: ReceivedFile[];
  readonly signal: AbortSignal;
}

/**
 * Writes a stream down under its hash, and looks what it is.
 * @throws TouchstoneError `empty-file`, `too-large`, `disk-full`, `cancelled`, and as `receiveFiles`
 */
async function receiveFile(
  contents: Contents,
  stream: AsyncIterable<Uint8Array>,
  fileName: string | undefined,
  { limits, signal }: ReceiveOptions,
): Promise<ReceivedFile> {
  const held = await contents.hold(stream, { limitBytes: MAX_VIDEO_BYTES, signal });
  try {
    const head = await contents.withFile(held.sha256, headOf);
    const kind = head !== undefined && isVideo(head) ? 'video' : 'picture';
    if (kind === 'picture' && held.bytes > MAX_CAPTURE_BYTES) throw new TouchstoneError('too-large');
    if (limits && !limits.kinds.includes(kind)) {
      throw new TouchstoneError(kind === 'video' ? 'unsupported-format' : 'video-unreadable', `a ${kind}`);
    }
    return { ...held, kind, fileName };
  } catch (error) {
    await held.release();
    throw error;
  }
}

/**
 * The files of a request in the order in which they come: its raw body, or the parts `file` of a form.
 * @throws TouchstoneError `unsupported-format` for a video, `video-unreadable` for a picture, where `limits` does not name them
 */
export async function receiveFiles(
  request: FastifyRequest,
  contents: Contents,
  options: ReceiveOptions,
): Promise<void> {
  const { fileName, limits, received } = options;
  if (!request.isMultipart()) {
    received.push(await receiveFile(contents, request.raw, fileName, options));
    return;
  }
  const most = limits?.most ?? MAX_FILES_PER_CALL;
  const ofForm = { files: most, fields: 0, parts: most, fileSize: MAX_VIDEO_BYTES };
  const files: Promise<ReceivedFile>[] = [];
  try {
    for await (const part of request.files({ limits: ofForm })) {
      if (part.fieldname !== FILE_KEY) throw new TouchstoneError('bad-request', `form: no part is named ${FILE_KEY}`);
      const name = part.filename?.slice(0, MAX_TITLE_LENGTH);
      const file = receiveFile(contents, part.file, name === '' ? undefined : name, options);
      files.push(file);
      // The next part comes once this one was read; the disk syncs all of them together, in the time of one.
      await Promise.race([file, finished(part.file).catch(() => file)]);
    }
  } finally {
    for (const file of await Promise.allSettled(files)) if (file.status === 'fulfilled') received.push(file.value);
  }
  await Promise.all(files);
  if (files.length === 0) throw new TouchstoneError('bad-request', 'form: it holds no file');
}

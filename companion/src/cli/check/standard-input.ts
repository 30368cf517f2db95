import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSpool } from '../../video-file/spool.ts';
import { type Candidate, HEAD_BYTES, mayMove, named } from './find-files.ts';
import { readStream } from './read-input.ts';

/** What came by standard input: a picture in memory, or a file of its own for what may be checked frame by frame. */
export interface ReceivedInput {
  readonly candidate: Candidate;
  /** Set for a picture that was read already. */
  readonly bytes?: Uint8Array;
  /** Deletes the file. */
  remove(): Promise<void>;
}

/**
 * Reads standard input: pictures into memory, videos and what may be animated into a file for its owner alone, so that
 * gigabytes are never held.
 * @throws TouchstoneError `too-large`, `empty-file`, `file-unreadable`, `cancelled`
 */
export async function receiveInput(input: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<ReceivedInput> {
  const chunks = input[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < HEAD_BYTES) {
    const { done, value } = await chunks.next();
    if (done) break;
    first.push(value);
    bytes += value.byteLength;
  }
  const whole = again(first, chunks);
  if (!mayMove(Buffer.concat(first).subarray(0, HEAD_BYTES))) {
    return { candidate: { name: '-' }, bytes: await readStream(whole), remove: async () => {} };
  }
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-input-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const { path } = await createSpool(folder).receive(whole, signal);
    return { candidate: await named(path), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function* again(first: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

import { open } from 'node:fs/promises';
import { MAX_CAPTURE_BYTES, TouchstoneError } from '@touchstone/shared';
import { givenPath } from '../terminal/given-path.ts';
import type { Candidate } from './find-files.ts';

/**
 * Reads one candidate's bytes.
 * @throws TouchstoneError `file-unreadable` or `too-large`
 */
export async function readInput({ name, unreadable }: Candidate): Promise<Uint8Array> {
  if (unreadable) throw new TouchstoneError('file-unreadable', String(unreadable), { cause: unreadable });
  try {
    const file = await open(givenPath(name));
    try {
      const facts = await file.stat();
      if (facts.isDirectory()) throw new TouchstoneError('file-unreadable', 'a folder');
      // Pipes and devices have no size; they are read like standard input.
      if (!facts.isFile()) return await readStream(file.createReadStream({ autoClose: false }));
      if (facts.size > MAX_CAPTURE_BYTES) throw new TouchstoneError('too-large', `${facts.size} bytes`);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof TouchstoneError) throw cause;
    throw new TouchstoneError('file-unreadable', String(cause), { cause });
  }
}

/** @throws TouchstoneError `too-large` */
export async function readStream(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.byteLength;
    if (size > MAX_CAPTURE_BYTES) throw new TouchstoneError('too-large', 'standard input');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

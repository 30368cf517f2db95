import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { RawPicture } from '@touchstone/models';
import { FiniteNumber, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';

const Decoded = v.object({ rgb: v.instance(Uint8Array), width: FiniteNumber, height: FiniteNumber });

/**
 * Decodes a BMP, which sharp cannot. Alpha is ignored, as browsers ignore it in most BMP files.
 * @param timeoutMs after which the thread is ended
 * @throws TouchstoneError `broken-picture`
 */
export async function decodeBmp(bytes: Uint8Array, timeoutMs: number): Promise<RawPicture> {
  const worker = new Worker(new URL('./bmp-worker.ts', import.meta.url), {
    workerData: bytes,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  try {
    const [message] = await once(worker, 'message', { signal: AbortSignal.timeout(timeoutMs) });
    const { rgb, width, height } = v.parse(Decoded, message);
    if (rgb.length !== width * height * 3) throw new Error('size does not match');
    return { data: rgb, width, height };
  } catch (cause) {
    throw new TouchstoneError('broken-picture', 'BMP cannot be decoded', { cause });
  } finally {
    await worker.terminate();
  }
}

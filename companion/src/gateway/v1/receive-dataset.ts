import { MAX_DATASET_BYTES } from '@touchstone/shared';
import type { FastifyRequest } from 'fastify';
import type { DatasetItem } from '../../training/dataset.ts';
import { gatherZip } from '../../training/gather-zip.ts';
import { createSpool } from '../../video-file/spool.ts';
import { receiveForm } from './receive-form.ts';

/**
 * The pictures that a request brings, in a folder of their own: a zip as the raw body, or the parts of a form.
 * @param spoolFolder where a zip lies while it is unpacked
 */
export async function receiveDataset(
  request: FastifyRequest,
  into: string,
  spoolFolder: string,
  signal: AbortSignal,
): Promise<DatasetItem[]> {
  if (request.isMultipart()) return receiveForm(request, into, signal);
  const zip = await createSpool(spoolFolder, MAX_DATASET_BYTES).receive(request.raw, signal);
  try {
    return await gatherZip(zip.path, into, signal);
  } finally {
    await zip.remove();
  }
}

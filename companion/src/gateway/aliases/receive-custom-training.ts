import { MAX_DATASET_BYTES, TouchstoneError } from '@touchstone/shared';
import { CustomTrainRequest } from '@touchstone/shared/api';
import type { FastifyRequest } from 'fastify';
import * as v from 'valibot';
import type { DatasetItem } from '../../training/dataset.ts';
import { gatherZip } from '../../training/gather-zip.ts';
import { createSpool, type SpooledFile } from '../../video-file/spool.ts';
import { parseRequest } from '../error-replies.ts';

/** Settings in JSON, in bytes. */
const MAX_TEXT_BYTES = 64 * 1024;
/** Fields of a form that are known, and room for one that is refused by its name. */
const MAX_FIELDS = 8;
/** Files of a form, with the side of the split that each stands on. */
const FILES = { training_file: 'train', testing_file: 'test' } as const;
type FileField = keyof typeof FILES;
const isFileField = (name: string): name is FileField => Object.hasOwn(FILES, name);

export interface CustomTrainingGiven {
  readonly asked: CustomTrainRequest;
  /** Unpacks the zips that came along. @throws TouchstoneError `bad-request` without one, and as `gatherZip` */
  gather(into: string, signal: AbortSignal): Promise<DatasetItem[]>;
  /** Removes what lies in the spool. */
  remove(): Promise<void>;
}

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.byteLength;
    if (bytes > MAX_TEXT_BYTES) throw new TouchstoneError('too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const Json = v.pipe(v.string(), v.parseJson());

/**
 * What is asked of a training in the shape of the founding documents: JSON, or a form with zips.
 * @throws TouchstoneError `bad-request`, `too-large`, `empty-file`, `disk-full`, `cancelled`; nothing is left in the spool then
 */
export async function receiveCustomTraining(
  request: FastifyRequest,
  spoolFolder: string,
  signal: AbortSignal,
): Promise<CustomTrainingGiven> {
  const files = new Map<FileField, SpooledFile>();
  const remove = async (): Promise<void> => {
    for (const file of files.values()) await file.remove();
  };
  async function formFields(): Promise<unknown> {
    const fields: Record<string, unknown> = {};
    const spool = createSpool(spoolFolder, MAX_DATASET_BYTES);
    const limits = { files: Object.keys(FILES).length, fields: MAX_FIELDS, fileSize: MAX_DATASET_BYTES };
    for await (const part of request.parts({ limits: { ...limits, fieldSize: MAX_TEXT_BYTES } })) {
      if (part.type === 'file') {
        if (!isFileField(part.fieldname) || files.has(part.fieldname)) {
          throw new TouchstoneError('bad-request', 'form: files are named training_file and testing_file, each once');
        }
        files.set(part.fieldname, await spool.receive(part.file, signal));
      } else {
        const { fieldname, value } = part;
        fields[fieldname] = fieldname === 'hyperparameters' ? parseRequest(Json, value) : value;
      }
    }
    return fields;
  }
  try {
    const given = request.isMultipart() ? await formFields() : parseRequest(Json, await textOf(request.raw));
    return {
      asked: parseRequest(CustomTrainRequest, given),
      async gather(into, gone) {
        if (!files.has('training_file')) throw new TouchstoneError('bad-request', 'training_file: a zip is needed');
        const items: DatasetItem[] = [];
        for (const [name, { path }] of files) {
          const unpacked = await gatherZip(path, into, gone, items.length);
          // One file alone is parted by whole sources; two say themselves what tests.
          items.push(...(files.size > 1 ? unpacked.map((item) => ({ ...item, part: FILES[name] })) : unpacked));
        }
        return items;
      },
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

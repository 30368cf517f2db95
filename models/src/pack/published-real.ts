import { join } from 'node:path';
import { TouchstoneError } from '@touchstone/shared';
import type { Design } from '../heads/design.ts';
import type { Pack } from './pack-folder.ts';
import { readPlainBytes } from './plain-text.ts';
import { checkPackFile } from './verify-files.ts';

/** What a pack's graph saw in real photographs under one condition: one row a picture. */
export interface PublishedLooks {
  readonly design: Design;
  /** Of the pack, before calibration. */
  readonly baseLogits: Float64Array;
}

const HALF_BYTES = Float16Array.BYTES_PER_ELEMENT;
const SINGLE_BYTES = Float32Array.BYTES_PER_ELEMENT;

/** @throws RangeError where a feature is too large for half precision */
export function encodePublished(looks: readonly PublishedLooks[]): Uint8Array<ArrayBuffer> {
  const parts = looks.flatMap(({ design, baseLogits }) => {
    const halves = Float16Array.from(design.values);
    if (!halves.every(Number.isFinite)) throw new RangeError('a feature is too large to be kept');
    return [new Uint8Array(Float32Array.from(baseLogits).buffer), new Uint8Array(halves.buffer)];
  });
  return new Uint8Array(Buffer.concat(parts));
}

/**
 * The real photographs that a pack brings along as features, one entry a condition; none where it brings none.
 * @throws TouchstoneError `pack-invalid` for a file of another size, or one that holds something else than finite numbers
 */
export async function readPublished({ folder, manifest }: Pack): Promise<PublishedLooks[]> {
  const { published, output } = manifest;
  const columns = output.embedding?.size ?? 0;
  if (!published || columns === 0) return [];
  const { file, pictures, conditions } = published;
  const path = join(folder, file);
  await checkPackFile(path, published);
  const bytes = new Uint8Array(await readPlainBytes(path, published.bytes));
  let from = 0;
  const take = (length: number): ArrayBuffer => {
    from += length;
    return bytes.buffer.slice(from - length, from);
  };
  return conditions.map(() => {
    const baseLogits = Float64Array.from(new Float32Array(take(pictures * SINGLE_BYTES)));
    const values = Float32Array.from(new Float16Array(take(pictures * columns * HALF_BYTES)));
    if (!baseLogits.every(Number.isFinite) || !values.every(Number.isFinite)) {
      throw new TouchstoneError('pack-invalid', `${file} holds something else than finite numbers`);
    }
    return { design: { values, rows: pictures, columns }, baseLogits };
  });
}

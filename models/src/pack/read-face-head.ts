import type { HeadModel } from '../heads/head-model.ts';
import type { Pack } from './pack-folder.ts';
import { readHeadFile } from './read-head-file.ts';

/**
 * The line over a view's tokens that says how blended a face looks; undefined where the graph says so itself, or nobody does.
 * @throws TouchstoneError `pack-invalid` when the file is not the one that pack.json names
 */
export async function readFaceHead({ folder, manifest }: Pack): Promise<HeadModel | undefined> {
  const { face, tokens } = manifest.output;
  if (!face?.head || !tokens) return undefined;
  return readHeadFile(folder, face.head, 'logistic', tokens.size[0] * tokens.size[1]);
}

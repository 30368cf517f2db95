import type { HeadModel } from '../heads/head-model.ts';
import type { Pack } from './pack-folder.ts';
import { readHeadFile } from './read-head-file.ts';

/**
 * A pack's line over the tokens of a view: `face` says how blended a face looks, `native` how generated a view that was not resized.
 * @returns undefined where the graph says so itself, or nobody does
 * @throws TouchstoneError `pack-invalid` when the file is not the one that pack.json names
 */
export async function readTokenHead(
  { folder, manifest }: Pack,
  which: 'face' | 'native',
): Promise<HeadModel | undefined> {
  const { tokens, ...output } = manifest.output;
  const described = output[which]?.head;
  if (!described || !tokens) return undefined;
  return readHeadFile(folder, described, 'logistic', tokens.size[0] * tokens.size[1]);
}

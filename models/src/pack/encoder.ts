import { createHash } from 'node:crypto';
import type { Pack } from './pack-folder.ts';
import type { PackInput } from './pack-schema.ts';

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/**
 * Names what makes a pack's feature vectors: the files of its graph and the output they come from, not what is made of them.
 * @returns lower-case hex; undefined for a pack that gives none
 */
export function encoderOf({ manifest: { model, output } }: Pick<Pack, 'manifest'>): string | undefined {
  const { embedding } = output;
  if (!embedding) return undefined;
  return hashOf([model.sha256, model.companions.map(({ sha256 }) => sha256), embedding.name, embedding.size]);
}

/**
 * Names what becomes of a decoded picture before the graph sees it: views, filters, ranges.
 * @param input as a pack's description or a second look has it; read by the schema, which puts its fields in order
 * @returns lower-case hex
 */
export function preprocessingOf({ name: _, combine: __, second: ___, ...pixels }: PackInput): string {
  return hashOf(pixels);
}

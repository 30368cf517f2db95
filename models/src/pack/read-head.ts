import { packLabel, TouchstoneError } from '@touchstone/shared';
import type { HeadModel } from '../heads/head-model.ts';
import type { Pack } from './pack-folder.ts';
import type { HeadManifest } from './pack-schema.ts';
import { readHeadFile } from './read-head-file.ts';

/** A last layer as data, and where it comes from. */
export type PackHead = HeadModel & {
  readonly file: HeadManifest['head'];
  /** Whose graph runs. */
  readonly base: Pack;
};

/** What of a base a head does not take over: the second look and the map of the evidence speak of the base's own logit. */
function manifestOf(described: HeadManifest, { manifest: base }: Pack): Pack['manifest'] {
  const { head: _, format: __, ...own } = described;
  const { second: ___, ...input } = base.input;
  const { logit, embedding } = base.output;
  return { ...own, format: 2, model: base.model, input, output: { logit, ...(embedding && { embedding }) } };
}

/**
 * Reads a head and puts it on its base.
 * @param base the pack that the head names, as far as it is installed
 * @throws TouchstoneError `base-missing` without the very graph that it was taught on, `pack-invalid`
 */
export async function readHead(folder: string, described: HeadManifest, base: Pack | undefined): Promise<Pack> {
  const { head } = described;
  const label = packLabel(head.base);
  if (!base || base.head) throw new TouchstoneError('base-missing', `its base ${label} is not installed`);
  if (base.manifest.model.sha256 !== head.base.sha256) {
    throw new TouchstoneError('base-missing', `the installed ${label} has another graph than its base`);
  }
  const size = base.manifest.output.embedding?.size;
  if (size === undefined) throw new TouchstoneError('pack-invalid', `its base ${label} gives no embedding`);
  const model = await readHeadFile(folder, head, head.kind, size);
  return { folder, manifest: manifestOf(described, base), head: { ...model, file: head, base } };
}

/** Whether a head needs the logit of its base beside the features: kept features alone do not answer then. */
export function needsBaseLogit({ head }: Pack): boolean {
  return head !== undefined && head.baseScale !== 0;
}

/** The pack whose graph runs: its own, or that of a head's base. */
export function graphOf(pack: Pack): Pack {
  return pack.head?.base ?? pack;
}

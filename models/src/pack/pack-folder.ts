import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type PackIdentity, packLabel, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { HeadManifest, PackManifest } from './pack-schema.ts';
import { readPlainText } from './plain-text.ts';
import { type PackHead, readHead } from './read-head.ts';

/** Longest pack.json read, in bytes; real ones are under 4 kB. */
export const MAX_MANIFEST_BYTES = 256 * 1024;

/** A pack whose description is valid; its files are verified when it is opened. */
export interface Pack {
  readonly folder: string;
  /** Of a head: with graph, preprocessing and embedding of its base. */
  readonly manifest: PackManifest;
  /** Where only the last layer is its own (format 3). */
  readonly head?: PackHead;
}

export interface RefusedPack {
  readonly folder: string;
  /** One sentence for people: what is wrong with it. */
  readonly reason: string;
  /** `name@version` of a head that was taught on a pack which is not there; everything else about it may be well. */
  readonly baseMissing?: string;
}

/**
 * Reads and validates one pack's description, of either format.
 * @throws TouchstoneError `pack-invalid` with what is wrong in `detail`
 */
export async function readDescription(folder: string): Promise<PackManifest | HeadManifest> {
  const text = await readPlainText(join(folder, 'pack.json'), MAX_MANIFEST_BYTES);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new TouchstoneError('pack-invalid', 'pack.json is not JSON', { cause });
  }
  const isHead = v.is(v.looseObject({ format: v.literal(3) }), data);
  const result = v.safeParse<typeof PackManifest | typeof HeadManifest>(isHead ? HeadManifest : PackManifest, data);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new TouchstoneError('pack-invalid', `pack.json, ${v.getDotPath(issue) ?? 'as a whole'}: ${issue.message}`);
}

/**
 * Reads a pack that has a graph of its own.
 * @throws TouchstoneError `pack-invalid`, also for a head, which is nothing without its base
 */
export async function readPack(folder: string): Promise<Pack> {
  const manifest = await readDescription(folder);
  if (manifest.format === 3) throw new TouchstoneError('pack-invalid', 'it is a head without its base');
  return { folder, manifest };
}

/**
 * All packs in the given folders, several versions of one name too; a later folder wins where one version lies in both. A missing folder counts as empty, and a folder
 * without pack.json is none of ours.
 * @returns valid packs by `name@version`, and those that were refused with the reason
 */
export async function listPacks(
  folders: readonly string[],
): Promise<{ packs: Map<string, Pack>; refused: RefusedPack[] }> {
  const packs = new Map<string, Pack>();
  const refused: RefusedPack[] = [];
  const heads: { readonly folder: string; readonly manifest: HeadManifest }[] = [];
  const refuse = (folder: string, error: unknown, label?: string): void => {
    const reason = error instanceof TouchstoneError ? (error.detail ?? error.message) : `${error}`;
    const missing = error instanceof TouchstoneError && error.code === 'base-missing';
    refused.push({ folder, reason, ...(missing && label !== undefined && { baseMissing: label }) });
  };
  for (const parent of folders) {
    const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      // Hidden folders hold unfinished installations.
      if (entry.name.startsWith('.') || (!entry.isDirectory() && !entry.isSymbolicLink())) continue;
      const folder = join(parent, entry.name);
      if (!(await exists(join(folder, 'pack.json')))) continue;
      try {
        const manifest = await readDescription(folder);
        if (manifest.format === 3) heads.push({ folder, manifest });
        else packs.set(packLabel(manifest), { folder, manifest });
      } catch (error) {
        refuse(folder, error);
      }
    }
  }
  // No head is the base of another.
  const bases = new Map(packs);
  for (const { folder, manifest } of heads) {
    try {
      packs.set(packLabel(manifest), await readHead(folder, manifest, bases.get(packLabel(manifest.head.base))));
    } catch (error) {
      refuse(folder, error, packLabel(manifest));
    }
  }
  return { packs, refused };
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** The identity that records and status messages carry. */
export function packIdentity({ manifest, head }: Pack): PackIdentity {
  const { name, version, model, tier } = manifest;
  return { name, version, sha256: head?.file.sha256 ?? model.sha256, tier };
}

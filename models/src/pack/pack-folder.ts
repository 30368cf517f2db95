import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type PackIdentity, packLabel, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { PackManifest } from './pack-schema.ts';
import { readPlainText } from './plain-text.ts';

/** Longest pack.json read, in bytes; real ones are under 4 kB. */
export const MAX_MANIFEST_BYTES = 256 * 1024;

/** A pack whose description is valid; its files are verified when it is opened. */
export interface Pack {
  readonly folder: string;
  readonly manifest: PackManifest;
}

export interface RefusedPack {
  readonly folder: string;
  /** One sentence for people: what is wrong with it. */
  readonly reason: string;
}

/**
 * Reads and validates one pack's description.
 * @throws TouchstoneError `pack-invalid` with what is wrong in `detail`
 */
export async function readPack(folder: string): Promise<Pack> {
  const text = await readPlainText(join(folder, 'pack.json'), MAX_MANIFEST_BYTES);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new TouchstoneError('pack-invalid', 'pack.json is not JSON', { cause });
  }
  const result = v.safeParse(PackManifest, data);
  if (result.success) return { folder, manifest: result.output };
  const issue = result.issues[0];
  throw new TouchstoneError('pack-invalid', `pack.json, ${v.getDotPath(issue) ?? 'as a whole'}: ${issue.message}`);
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
  for (const parent of folders) {
    const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      // Hidden folders hold unfinished installations.
      if (entry.name.startsWith('.') || (!entry.isDirectory() && !entry.isSymbolicLink())) continue;
      const folder = join(parent, entry.name);
      if (!(await exists(join(folder, 'pack.json')))) continue;
      try {
        const pack = await readPack(folder);
        packs.set(packLabel(pack.manifest), pack);
      } catch (error) {
        refused.push({
          folder,
          reason: error instanceof TouchstoneError ? (error.detail ?? error.message) : `${error}`,
        });
      }
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
export function packIdentity({ manifest }: Pack): PackIdentity {
  return { name: manifest.name, version: manifest.version, sha256: manifest.model.sha256, tier: manifest.tier };
}

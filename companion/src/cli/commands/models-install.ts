import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import {
  CATALOGUE,
  findPack,
  findRemovable,
  installPack,
  listPacks,
  type Offer,
  type Pack,
  removePack,
} from '@touchstone/models';
import { packLabel, TouchstoneError } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import { installedPacksFolder, packFolders } from '../../daemon/pack-folders.ts';
import { choosePack } from '../../packs/choose-pack.ts';
import { archivePack, unpackArchive } from '../../packs/pack-archive.ts';

import { dataFolder, prepareDataFolder } from '../../settings/data-folder.ts';
import { openSettings } from '../../settings/settings-store.ts';
import { findCompanion } from '../link/companion-link.ts';

import { companionOrFolder } from '../link/companion-or-folder.ts';

import { agree } from '../terminal/agree.ts';
import { downloading, inMegabytes } from '../terminal/downloading.ts';

import { givenPath } from '../terminal/given-path.ts';

export function describeOffer({ title, version, licence, bytes, url, homepage, claim, sha256 }: Offer): string {
  return [
    `${foreignText(title)}, ${inMegabytes(bytes)}`,
    ...(version ? [`  Version  ${foreignText(version)}`] : []),
    `  Licence  ${foreignText(licence)}`,
    ...(claim ? [`  Claim    ${foreignText(claim)}`] : []),
    ...(homepage ? [`  Page     ${foreignText(homepage)}`] : []),
    `  From     ${foreignText(url)}`,
    ...(sha256 ? [`  SHA-256  ${sha256}`] : []),
    '',
  ].join('\n');
}

/** A path leads from where the person typed it; names of the catalogue and addresses stay. */
function folderNamed(source: string): string {
  return /^[a-z]+:/.test(source) || !/[\\/]|^\.+$/.test(source) ? source : givenPath(source);
}

/** A pack that came as one file is a folder for as long as it is installed. */
async function unpackedSource(source: string): Promise<{ readonly folder: string; remove(): Promise<void> }> {
  const path = folderNamed(source);
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  return isFile ? unpackArchive(path) : { folder: path, remove: async () => undefined };
}

export interface InstallCommandOptions {
  readonly name?: string;
  readonly yes?: boolean;
}

/**
 * `touchstone models install`: from the catalogue, an address of a pack.json, or a folder. A running companion has the pack at
 * once; what it works on ends with the versions it began with.
 * @returns whether it is installed now; false after a no or Ctrl-C
 */
export async function installModel(source: string, { name, yes = false }: InstallCommandOptions): Promise<boolean> {
  prepareDataFolder(dataFolder());
  const unpacked = await unpackedSource(source);
  const pack = await downloading((download) =>
    installPack({
      source: unpacked.folder,
      into: installedPacksFolder(dataFolder()),
      packFolders: packFolders(dataFolder()),
      ...(name ? { name } : {}),
      confirm: (offer) => agree(describeOffer(offer), yes),
      ...download,
    }),
  ).finally(unpacked.remove);
  if (!pack) return false;
  await tellInstalled(pack);
  return true;
}

/** Says how to use it, and lets a running companion know. */
export async function tellInstalled({ manifest }: Pack): Promise<void> {
  process.stdout.write(
    `Installed ${manifest.name} ${manifest.version} (${manifest.tier}).\nUse it with: npm run touchstone models use ${packLabel(manifest)}\n`,
  );
  const link = await findCompanion();
  if (link) {
    await link.call(api.packs.refresh);
    process.stdout.write('The running Touchstone has it too.\n');
  }
}

/**
 * `touchstone models export`: an installed pack as one file.
 * @throws TouchstoneError `pack-unknown`, `file-unreadable` where the file is there or cannot be written
 */
export async function exportModel(given: string, file: string): Promise<void> {
  const { packs } = await listPacks(packFolders(dataFolder()));
  const pack = findPack(packs, given);
  if (!pack) throw new TouchstoneError('pack-unknown', given);
  try {
    await pipeline(archivePack(pack), createWriteStream(givenPath(file), { flags: 'wx' }));
  } catch (cause) {
    throw new TouchstoneError('file-unreadable', String(cause), { cause });
  }
  process.stdout.write(`${packLabel(pack.manifest)} is in ${foreignText(file)}.\n`);
}

/** Removes a pack where no companion runs. */
async function removeFromFolder(given: string): Promise<string> {
  const home = dataFolder();
  const { packs } = await listPacks(packFolders(home));
  const pack = findRemovable(given, packs.values());
  const settings = (await openSettings(home, () => {})).current();
  const users = [
    ...(['quick', 'thorough'] as const).map((tier) => choosePack(packs, tier, settings)),
    ...[...packs.values()].filter(({ head }) => head?.base === pack),
  ];
  const inUse = users.some((used) => used && (used === pack || used.head?.base === pack));
  if (inUse) throw new TouchstoneError('pack-in-use', packLabel(pack.manifest));
  await removePack(pack);
  return packLabel(pack.manifest);
}

/**
 * `touchstone models remove`: by the running companion, which ends its work with the pack first.
 * @param given `name@version`, or a name of which one version was installed
 * @throws TouchstoneError `pack-unknown`, `pack-in-use`
 */
export async function removeModel(given: string): Promise<void> {
  const place = await companionOrFolder();
  let removed: string;
  if ('link' in place) removed = (await place.link.call(api.packs.remove, { body: { pack: given } })).pack;
  else removed = await removeFromFolder(given).finally(() => place.lock.release());
  process.stdout.write(`Removed ${foreignText(removed)}.\n`);
}

/** `touchstone models catalogue`: what can be installed by name, with licence and size. */
export function showCatalogue(): void {
  for (const entry of CATALOGUE) {
    process.stdout.write(`${entry.name}\n${describeOffer(entry)}\n`);
  }
  process.stdout.write('Install one with: npm run touchstone models install NAME\n');
}

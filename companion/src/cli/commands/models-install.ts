import { CATALOGUE, installPack, type Offer, removePack } from '@touchstone/models';
import { api } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import { installedPacksFolder } from '../../daemon/pack-folders.ts';
import { dataFolder, prepareDataFolder } from '../../settings/data-folder.ts';
import { findCompanion } from '../link/companion-link.ts';
import { agree } from '../terminal/agree.ts';
import { downloading, inMegabytes } from '../terminal/downloading.ts';
import { givenPath } from '../terminal/given-path.ts';

export function describeOffer({ title, licence, bytes, url, homepage, claim }: Offer): string {
  return [
    `${foreignText(title)}, ${inMegabytes(bytes)}`,
    `  Licence  ${foreignText(licence)}`,
    ...(claim ? [`  Claim    ${foreignText(claim)}`] : []),
    ...(homepage ? [`  Page     ${foreignText(homepage)}`] : []),
    `  From     ${foreignText(url)}`,
    '',
  ].join('\n');
}

/** A path leads from where the person typed it; names of the catalogue and addresses stay. */
function folderNamed(source: string): string {
  return /^[a-z]+:/.test(source) || !/[\\/]|^\.+$/.test(source) ? source : givenPath(source);
}

export interface InstallCommandOptions {
  readonly name?: string;
  readonly yes?: boolean;
}

/**
 * `touchstone models install`: from the catalogue, an address of a pack.json, or a folder. A running companion takes
 * the pack at its next start.
 * @returns whether it is installed now; false after a no or Ctrl-C
 */
export async function installModel(source: string, { name, yes = false }: InstallCommandOptions): Promise<boolean> {
  prepareDataFolder(dataFolder());
  const pack = await downloading((download) =>
    installPack({
      source: folderNamed(source),
      into: installedPacksFolder(dataFolder()),
      ...(name ? { name } : {}),
      confirm: (offer) => agree(describeOffer(offer), yes),
      ...download,
    }),
  );
  if (!pack) return false;
  const { manifest } = pack;
  process.stdout.write(
    `Installed ${manifest.name} ${manifest.version} (${manifest.tier}).\nUse it with: npm run touchstone models use ${manifest.name}\n`,
  );
  if (await findCompanion()) process.stdout.write('Touchstone is running; it takes the pack when it starts again.\n');
  return true;
}

/** `touchstone models remove`. A pack that is chosen for its tier gives the choice back first. */
export async function removeModel(name: string): Promise<void> {
  await removePack(name, installedPacksFolder(dataFolder()));
  const link = await findCompanion();
  if (link) {
    const settings = await link.call(api.settings.get);
    const patch = {
      ...(settings.quickPack === name ? { quickPack: null } : {}),
      ...(settings.thoroughPack === name ? { thoroughPack: null } : {}),
    };
    if (Object.keys(patch).length > 0) await link.call(api.settings.change, { body: patch });
  }
  process.stdout.write(`Removed ${foreignText(name)}.\n`);
}

/** `touchstone models catalogue`: what can be installed by name, with licence and size. */
export function showCatalogue(): void {
  for (const { name, title, licence, bytes, url, homepage, claim } of CATALOGUE) {
    process.stdout.write(`${name}\n${describeOffer({ title, licence, bytes, url, homepage, claim })}\n`);
  }
  process.stdout.write('Install one with: npm run touchstone models install NAME\n');
}

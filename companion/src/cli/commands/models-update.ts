import {
  CATALOGUE,
  type CatalogueEntry,
  findInCatalogue,
  installPack,
  listPacks,
  type PublisherRelease,
  readRelease,
} from '@touchstone/models';
import { TouchstoneError } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { installedPacksFolder, packFolders } from '../../daemon/pack-folders.ts';
import { dataFolder, prepareDataFolder } from '../../settings/data-folder.ts';
import { agree } from '../terminal/agree.ts';
import { downloading } from '../terminal/downloading.ts';
import { describeOffer, tellInstalled } from './models-install.ts';

export interface UpdateParts {
  /** Entries that are asked after. */
  readonly entries: readonly CatalogueEntry[];
  readonly agree: (description: string) => Promise<boolean>;
}

/**
 * Asks the publisher of each entry for a newer model, and installs it beside the others where the person agrees.
 * @throws TouchstoneError as `readRelease` and `installPack`
 */
export async function updateFrom({ entries, agree: ask }: UpdateParts): Promise<void> {
  const home = dataFolder();
  const into = installedPacksFolder(home);
  for (const entry of entries) {
    const { packs } = await listPacks(packFolders(home));
    const installed = [...packs.values()].map(({ manifest }) => manifest).filter(({ name }) => name === entry.name);
    const have = [entry.version, ...installed.map(({ version }) => version)];
    const pack = await downloading(async (progress) => {
      const release = await readRelease(entry, have, { into, signal: progress.signal });
      if (!release) {
        process.stdout.write(`${entry.name}: its publisher offers nothing newer.\n`);
        return undefined;
      }
      return installRelease(release, into, ask, progress);
    });
    if (pack) await tellInstalled(pack);
  }
}

function installRelease(
  { entry, golden }: PublisherRelease,
  into: string,
  ask: UpdateParts['agree'],
  progress: { readonly signal: AbortSignal; readonly onProgress: (done: number, total: number | undefined) => void },
) {
  return installPack({
    source: entry.name,
    into,
    golden,
    find: () => entry,
    confirm: (offer) => ask(describeOffer(offer)),
    ...progress,
  });
}

/**
 * `touchstone models update`: nothing is asked of a publisher but by this command.
 * @param name of the catalogue; default: every installed model whose publisher tells of newer ones
 * @throws TouchstoneError `pack-unknown` where nobody tells of newer ones
 */
export async function updateModels(
  name: string | undefined,
  { yes = false }: { readonly yes?: boolean },
): Promise<void> {
  prepareDataFolder(dataFolder());
  const { packs } = await listPacks(packFolders(dataFolder()));
  const installed = new Set([...packs.values()].map(({ manifest }) => manifest.name));
  const entries =
    name === undefined
      ? CATALOGUE.filter((entry) => entry.follows && installed.has(entry.name))
      : [findInCatalogue(name)].filter((entry) => entry?.follows !== undefined);
  if (name !== undefined && entries.length === 0) throw new TouchstoneError('pack-unknown', foreignText(name));
  if (entries.length === 0) process.stdout.write('No installed model has a publisher who tells of newer ones.\n');
  await updateFrom({
    entries: entries.filter((entry) => entry !== undefined),
    agree: (description) => agree(description, yes),
  });
}

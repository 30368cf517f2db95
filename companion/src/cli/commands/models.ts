import { findPack, listPacks, type Pack } from '@touchstone/models';
import { packLabel, type SettingsPatch, TouchstoneError } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import Table from 'cli-table3';
import { packFolders } from '../../daemon/pack-folders.ts';
import { namedPack } from '../../packs/choose-pack.ts';
import { packStatuses } from '../../packs/pack-statuses.ts';
import { dataFolder } from '../../settings/data-folder.ts';
import { openSettings } from '../../settings/settings-store.ts';
import { findCompanion } from '../link/companion-link.ts';
import { companionOrFolder } from '../link/companion-or-folder.ts';

function note(message: string): void {
  process.stderr.write(`Note: ${message}\n`);
}

/** Settings, and the packs a running companion uses, else those that one would use. */
async function currentChoice(packs: ReadonlyMap<string, Pack>) {
  const link = await findCompanion();
  const settings = link ? await link.call(api.settings.get) : (await openSettings(dataFolder(), note)).current();
  const statuses = link?.status.packs ?? packStatuses(packs, settings);
  const inUse = new Set(statuses.filter(({ usedFor }) => usedFor && usedFor.length > 0).map(packLabel));
  return { settings, inUse };
}

/** `touchstone models list`: the packs that are installed, in all their versions; works without a companion. */
export async function listModels({ json = false }: { readonly json?: boolean }): Promise<void> {
  const { packs, refused } = await listPacks(packFolders(dataFolder()));
  const { settings, inUse } = await currentChoice(packs);
  const used = ({ manifest }: Pack) => inUse.has(packLabel(manifest));
  const chosen = (pack: Pack) => {
    const given = pack.manifest.tier === 'quick' ? settings.quickPack : settings.thoroughPack;
    return given !== null && namedPack(packs, given, settings) === pack;
  };
  const choiceOf = (pack: Pack) => (used(pack) ? `in use (${chosen(pack) ? 'your choice' : 'default'})` : '');
  if (json) {
    for (const pack of packs.values()) {
      const { name, version, tier, licence, description } = pack.manifest;
      const line = {
        name,
        version,
        tier,
        licence,
        description,
        folder: pack.folder,
        chosen: chosen(pack),
        inUse: used(pack),
      };
      process.stdout.write(`${JSON.stringify(line)}\n`);
    }
  } else process.stdout.write(`${tableOf([...packs.values()], choiceOf)}\n`);
  for (const { folder, reason } of refused) note(`${foreignText(folder)} is not used: ${foreignText(reason)}`);
}

function tableOf(packs: readonly Pack[], choiceOf: (pack: Pack) => string): string {
  const table = new Table({
    head: ['Name', 'Version', 'Tier', 'Licence', 'Choice', 'Description'],
    colWidths: [null, null, null, null, null, 60],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const pack of packs) {
    const { name, version, tier, licence, description } = pack.manifest;
    table.push([
      ...[name, version, tier, licence].map((text) => foreignText(text)),
      choiceOf(pack),
      foreignText(description),
    ]);
  }
  return table.toString();
}

/**
 * `touchstone models use`: takes this pack for its tier.
 * @param given `name@version` for this very version, or a name for its newest one, whichever that is later
 * @throws TouchstoneError `pack-unknown`
 */
export async function useModel(given: string): Promise<void> {
  const { packs } = await listPacks(packFolders(dataFolder()));
  const pack = findPack(packs, given);
  if (!pack) throw new TouchstoneError('pack-unknown', given);
  const { tier, name, version } = pack.manifest;
  const patch: SettingsPatch = tier === 'quick' ? { quickPack: given } : { thoroughPack: given };
  const place = await companionOrFolder();
  if ('link' in place) await place.link.call(api.settings.change, { body: patch });
  else {
    try {
      await (await openSettings(dataFolder(), note)).update(patch);
    } finally {
      place.lock.release();
    }
  }
  process.stdout.write(`${name} ${version} is now the ${tier} pack.\n`);
}

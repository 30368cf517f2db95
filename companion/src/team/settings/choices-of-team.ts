import { packLabel, type SettingsPatch, TouchstoneError } from '@touchstone/shared';
import type { Kysely } from 'kysely';
import type { PackControl } from '../../packs/pack-control.ts';
import type { SettingsStore } from '../../settings/settings-store.ts';
import type { TeamTables } from '../database/tables.ts';
import { packsOfWorkers, type WorkerPack } from '../jobs/worker-signs.ts';
import type { OwnerScope } from '../records/owner-scope.ts';
import type { TeamSettings } from './team-settings.ts';

/** Packs that can be chosen: those of the workers that live, with how many have them, and of the server that is asked. */
export interface PackRooms {
  readonly database: Kysely<TeamTables>;
  readonly tenant: string;
  /** Of this server. */
  readonly own: () => readonly WorkerPack[];
}

/** @returns each once, by name and version */
export async function packsToChoose({ database, tenant, own }: PackRooms) {
  const known = await packsOfWorkers(database, tenant);
  const isKnown = (pack: WorkerPack) =>
    known.some((one) => one.tier === pack.tier && packLabel(one) === packLabel(pack));
  return [
    ...known,
    ...own().flatMap((pack) =>
      isKnown(pack) ? [] : [{ name: pack.name, version: pack.version, tier: pack.tier, workers: 0 }],
    ),
  ];
}

/** A choice names one version: what would be meant by a name alone differs from machine to machine. @throws TouchstoneError `pack-unknown` */
async function requireKnown(patch: SettingsPatch, rooms: PackRooms): Promise<void> {
  const wanted = [
    ['quick', patch.quickPack],
    ['thorough', patch.thoroughPack],
  ] as const;
  if (wanted.every(([, given]) => typeof given !== 'string')) return;
  const packs = await packsToChoose(rooms);
  for (const [tier, given] of wanted) {
    const ofTier = packs.filter((pack) => pack.tier === tier).map(packLabel);
    if (typeof given !== 'string' || ofTier.includes(given)) continue;
    throw new TouchstoneError('pack-unknown', `${tier}: ${JSON.stringify(given).slice(0, 100)}`, {
      nextStep: `Choose one that a worker has, with its version: ${ofTier.join(', ') || 'there is none'}.`,
    });
  }
}

/** The settings of a team for whoever asks: what they change is noted as theirs. */
export function settingsByPerson(
  settings: TeamSettings,
  { owners, ...rooms }: PackRooms & { readonly owners: Pick<OwnerScope, 'owner'> },
): SettingsStore {
  return {
    current: settings.current,
    subscribe: settings.subscribe,
    async update(patch) {
      await requireKnown(patch, rooms);
      return settings.change(patch, owners.owner());
    },
  };
}

/** What a check is bound to when it is accepted: the versions that the team chose, else those that this server has. */
export function packsOfTeam(packs: PackControl, settings: Pick<TeamSettings, 'current'>): PackControl {
  return {
    ...packs,
    pinned() {
      const { quickPack, thoroughPack } = settings.current();
      const own = packs.pinned();
      return { quickPack: quickPack ?? own.quickPack, thoroughPack: thoroughPack ?? own.thoroughPack };
    },
  };
}

import { listPacks, type Pack, packIdentity, type RefusedPack } from '@touchstone/models';
import { type CompanionSettings, type CompanionStatus, TouchstoneError } from '@touchstone/shared';
import type { Logger } from 'pino';
import { choosePack, packsInUse } from './choose-pack.ts';

/** The packs that are installed, and which one a tier uses. */
export interface PackShelf {
  /** @throws TouchstoneError `pack-unknown` when there is none, `pack-invalid` when all are damaged */
  quick(settings: CompanionSettings): Pack;
  thorough(settings: CompanionSettings): Pack | undefined;
  /** @throws TouchstoneError `pack-unknown` */
  byName(name: string): Pack;
  /** Names of the packs the tiers use now. */
  inUse(settings: CompanionSettings): { quick: string | null; thorough: string | null };
  /** As the status tells them: with what each band of probability was worth, where the pack says. */
  identities(): CompanionStatus['packs'];
  /** Takes a pack out of use whose files turned out to be damaged. */
  refuse(pack: Pack, reason: string): void;
}

export async function createPackShelf(folders: readonly string[], logger: Logger): Promise<PackShelf> {
  const { packs, refused } = await listPacks(folders);
  const report = ({ folder, reason }: RefusedPack): void => logger.warn({ folder, reason }, 'model pack refused');
  refused.forEach(report);
  let damaged = refused.length;

  return {
    quick(settings) {
      const pack = choosePack(packs, 'quick', settings);
      if (!pack && damaged > 0) throw new TouchstoneError('pack-invalid', 'every installed pack is damaged');
      if (!pack) throw new TouchstoneError('pack-unknown', 'no model pack is installed');
      return pack;
    },
    thorough: (settings) => choosePack(packs, 'thorough', settings),
    byName(name) {
      const pack = packs.get(name);
      if (!pack) throw new TouchstoneError('pack-unknown', name);
      return pack;
    },
    inUse: (settings) => packsInUse(packs, settings),
    identities: () =>
      [...packs.values()].map((pack) => {
        const { bands } = pack.manifest;
        return { ...packIdentity(pack), ...(bands ? { bands } : {}) };
      }),
    refuse(pack, reason) {
      if (packs.delete(pack.manifest.name)) damaged++;
      report({ folder: pack.folder, reason });
    },
  };
}

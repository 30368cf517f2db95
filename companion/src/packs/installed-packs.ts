import { listPacks, type Pack, packIdentity, type RefusedPack } from '@touchstone/models';
import { type CompanionStatus, TouchstoneError } from '@touchstone/shared';
import type { Logger } from 'pino';
import { choosePack, type PackChoices, packsInUse } from './choose-pack.ts';

/** The packs that are installed, and which one a tier uses. */
export interface InstalledPacks {
  /** @throws TouchstoneError `pack-unknown` when there is none, `pack-invalid` when all are damaged */
  quick(): Pack;
  thorough(): Pack | undefined;
  /** @throws TouchstoneError `pack-unknown` */
  byName(name: string): Pack;
  /** Names of the packs the tiers use now. */
  inUse(): { quick: string | null; thorough: string | null };
  /** As the status tells them: with what each band of probability was worth, where the pack says. */
  identities(): CompanionStatus['packs'];
  /** Takes a pack out of use whose files turned out to be damaged. */
  refuse(pack: Pack, reason: string): void;
}

/**
 * @param folders later ones win by name
 * @param choices names of the packs that a person chose, read at every question so that changes take effect at once
 */
export async function createInstalledPacks(
  folders: readonly string[],
  choices: () => PackChoices,
  logger: Logger,
): Promise<InstalledPacks> {
  const { packs, refused } = await listPacks(folders);
  const report = ({ folder, reason }: RefusedPack): void => logger.warn({ folder, reason }, 'model pack refused');
  refused.forEach(report);
  let damaged = refused.length;

  return {
    quick() {
      const pack = choosePack(packs, 'quick', choices());
      if (!pack && damaged > 0) throw new TouchstoneError('pack-invalid', 'every installed pack is damaged');
      if (!pack) throw new TouchstoneError('pack-unknown', 'no model pack is installed');
      return pack;
    },
    thorough: () => choosePack(packs, 'thorough', choices()),
    byName(name) {
      const pack = packs.get(name);
      if (!pack) throw new TouchstoneError('pack-unknown', name);
      return pack;
    },
    inUse: () => packsInUse(packs, choices()),
    identities: () =>
      [...packs.values()].map((pack) => {
        const { bands, together } = pack.manifest;
        const bandsTogether = together?.bands;
        return { ...packIdentity(pack), ...(bands && { bands }), ...(bandsTogether && { bandsTogether }) };
      }),
    refuse(pack, reason) {
      if (packs.delete(pack.manifest.name)) damaged++;
      report({ folder: pack.folder, reason });
    },
  };
}

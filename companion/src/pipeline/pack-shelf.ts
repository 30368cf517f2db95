import { listPacks, type Pack, packIdentity, type RefusedPack } from '@touchstone/models';
import { type CompanionSettings, type PackIdentity, TouchstoneError } from '@touchstone/shared';
import type { Logger } from 'pino';

type Tier = PackIdentity['tier'];

/** Names taken first in each tier when the settings choose none. */
const PREFERRED: Record<Tier, readonly string[]> = { quick: ['quick', 'starter'], thorough: ['thorough'] };

/** The packs that are installed, and which one a tier uses. */
export interface PackShelf {
  /** @throws TouchstoneError `pack-unknown` when there is none, `pack-invalid` when all are damaged */
  quick(settings: CompanionSettings): Pack;
  thorough(settings: CompanionSettings): Pack | undefined;
  /** @throws TouchstoneError `pack-unknown` */
  byName(name: string): Pack;
  identities(): PackIdentity[];
  /** Takes a pack out of use whose files turned out to be damaged. */
  refuse(pack: Pack, reason: string): void;
}

export async function createPackShelf(folders: readonly string[], logger: Logger): Promise<PackShelf> {
  const { packs, refused } = await listPacks(folders);
  const report = ({ folder, reason }: RefusedPack): void => logger.warn({ folder, reason }, 'model pack refused');
  refused.forEach(report);
  let damaged = refused.length;

  function choose(tier: Tier, chosen: string | null): Pack | undefined {
    const names = [...(chosen ? [chosen] : []), ...PREFERRED[tier], ...packs.keys()];
    const name = names.find((candidate) => packs.get(candidate)?.manifest.tier === tier);
    return name === undefined ? undefined : packs.get(name);
  }

  return {
    quick(settings) {
      // Without a quick pack a thorough one does the work alone.
      const pack = choose('quick', settings.quickPack) ?? choose('thorough', settings.thoroughPack);
      if (!pack && damaged > 0) throw new TouchstoneError('pack-invalid', 'every installed pack is damaged');
      if (!pack) throw new TouchstoneError('pack-unknown', 'no model pack is installed');
      return pack;
    },
    thorough: (settings) => choose('thorough', settings.thoroughPack),
    byName(name) {
      const pack = packs.get(name);
      if (!pack) throw new TouchstoneError('pack-unknown', name);
      return pack;
    },
    identities: () => [...packs.values()].map(packIdentity),
    refuse(pack, reason) {
      if (packs.delete(pack.manifest.name)) damaged++;
      report({ folder: pack.folder, reason });
    },
  };
}

import type { Pack } from '@touchstone/models';
import type { CompanionSettings, CompanionStatus, PackIdentity } from '@touchstone/shared';

type Tier = PackIdentity['tier'];
type Choices = Pick<CompanionSettings, 'quickPack' | 'thoroughPack'>;

/** Names taken first in each tier when the settings choose none. */
const PREFERRED: Record<Tier, readonly string[]> = { quick: ['quick', 'starter'], thorough: ['thorough'] };

function ofTier(packs: ReadonlyMap<string, Pack>, tier: Tier, chosen: string | null): Pack | undefined {
  const names = [...(chosen ? [chosen] : []), ...PREFERRED[tier], ...packs.keys()];
  const name = names.find((candidate) => packs.get(candidate)?.manifest.tier === tier);
  return name === undefined ? undefined : packs.get(name);
}

/** The pack a tier uses: the one chosen, else the preferred one. Without a quick pack a thorough one works alone. */
export function choosePack(packs: ReadonlyMap<string, Pack>, tier: Tier, settings: Choices): Pack | undefined {
  const thorough = ofTier(packs, 'thorough', settings.thoroughPack);
  return tier === 'thorough' ? thorough : (ofTier(packs, 'quick', settings.quickPack) ?? thorough);
}

/** Names of the packs the tiers use. */
export function packsInUse(packs: ReadonlyMap<string, Pack>, settings: Choices): NonNullable<CompanionStatus['inUse']> {
  const nameFor = (tier: Tier) => choosePack(packs, tier, settings)?.manifest.name ?? null;
  return { quick: nameFor('quick'), thorough: nameFor('thorough') };
}

import type { Pack } from '@touchstone/models';
import type { CompanionSettings, CompanionStatus, PackIdentity } from '@touchstone/shared';

type Tier = PackIdentity['tier'];
/** Names of the packs that a person chose for each tier; null chooses none. */
export type PackChoices = Pick<CompanionSettings, 'quickPack' | 'thoroughPack'>;

/** Names taken first in each tier when the settings choose none. */
const PREFERRED: Record<Tier, readonly string[]> = { quick: ['quick', 'starter'], thorough: ['thorough'] };

function ofTier(packs: ReadonlyMap<string, Pack>, tier: Tier, chosen: string | null): Pack | undefined {
  const names = [...(chosen ? [chosen] : []), ...PREFERRED[tier], ...packs.keys()];
  const name = names.find((candidate) => packs.get(candidate)?.manifest.tier === tier);
  return name === undefined ? undefined : packs.get(name);
}

/** The pack a tier uses: the one chosen, else the preferred one. Without a quick pack a thorough one works alone. */
export function choosePack(packs: ReadonlyMap<string, Pack>, tier: Tier, choices: PackChoices): Pack | undefined {
  const thorough = ofTier(packs, 'thorough', choices.thoroughPack);
  return tier === 'thorough' ? thorough : (ofTier(packs, 'quick', choices.quickPack) ?? thorough);
}

/** Names of the packs the tiers use. */
export function packsInUse(
  packs: ReadonlyMap<string, Pack>,
  choices: PackChoices,
): NonNullable<CompanionStatus['inUse']> {
  const nameFor = (tier: Tier) => choosePack(packs, tier, choices)?.manifest.name ?? null;
  return { quick: nameFor('quick'), thorough: nameFor('thorough') };
}

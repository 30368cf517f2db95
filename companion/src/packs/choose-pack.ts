import { findPack, type Pack } from '@touchstone/models';
import { type CompanionSettings, type CompanionStatus, type PackIdentity, packLabel } from '@touchstone/shared';

type Tier = PackIdentity['tier'];
/** Packs that a person chose for each tier, as `name@version`, or as a name for its newest version; null chooses none. */
export type PackChoices = Pick<CompanionSettings, 'quickPack' | 'thoroughPack'>;

/** Packs by `name@version`. */
export type PacksByLabel = ReadonlyMap<string, Pack>;

/** Names taken first in each tier when the settings choose none. */
const PREFERRED: Record<Tier, readonly string[]> = { quick: ['quick', 'starter'], thorough: ['thorough'] };

function ofTier(packs: PacksByLabel, tier: Tier, chosen: string | null): Pack | undefined {
  for (const given of [...(chosen ? [chosen] : []), ...PREFERRED[tier], ...packs.keys()]) {
    const pack = findPack(packs, given);
    if (pack?.manifest.tier === tier) return pack;
  }
  return undefined;
}

/** The pack a tier uses: the one chosen, else the preferred one. Without a quick pack a thorough one works alone. */
export function choosePack(packs: PacksByLabel, tier: Tier, choices: PackChoices): Pack | undefined {
  const thorough = ofTier(packs, 'thorough', choices.thoroughPack);
  return tier === 'thorough' ? thorough : (ofTier(packs, 'quick', choices.quickPack) ?? thorough);
}

/** The pack that somebody names; a name alone is its version in use, else its newest. */
export function namedPack(packs: PacksByLabel, given: string, choices: PackChoices): Pack | undefined {
  const inUse = [choosePack(packs, 'quick', choices), choosePack(packs, 'thorough', choices)];
  return inUse.find((pack) => pack?.manifest.name === given) ?? findPack(packs, given);
}

/** Names of the packs the tiers use. */
export function packsInUse(packs: PacksByLabel, choices: PackChoices): NonNullable<CompanionStatus['inUse']> {
  const nameFor = (tier: Tier) => choosePack(packs, tier, choices)?.manifest.name ?? null;
  return { quick: nameFor('quick'), thorough: nameFor('thorough') };
}

/** The tiers' packs with their versions: what a piece of work that begins later shall choose from. */
export function pinnedChoices(packs: PacksByLabel, choices: PackChoices): PackChoices {
  const labelFor = (tier: Tier): string | null => {
    const pack = choosePack(packs, tier, choices);
    return pack?.manifest.tier === tier ? packLabel(pack.manifest) : null;
  };
  return { quickPack: labelFor('quick'), thoroughPack: labelFor('thorough') };
}

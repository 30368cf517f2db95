import { type Pack, packIdentity } from '@touchstone/models';
import { type CompanionStatus, compareVersions } from '@touchstone/shared';
import { choosePack, type PackChoices, type PacksByLabel } from './choose-pack.ts';

const TIERS = ['quick', 'thorough'] as const;

/**
 * The packs as the status tells them. Of each name the version in use comes first, then the newest: a reader that knows names alone
 * finds the right one.
 */
export function packStatuses(packs: PacksByLabel, choices: PackChoices): CompanionStatus['packs'] {
  const usedFor = (pack: Pack) => TIERS.filter((tier) => choosePack(packs, tier, choices) === pack);
  return [...packs.values()]
    .map((pack) => ({ pack, used: usedFor(pack) }))
    .sort((a, b) => b.used.length - a.used.length || compareVersions(b.pack.manifest.version, a.pack.manifest.version))
    .map(({ pack, used }) => {
      const { bands, together } = pack.manifest;
      const bandsTogether = together?.bands;
      return {
        ...packIdentity(pack),
        usedFor: used,
        ...(bands && { bands }),
        ...(bandsTogether && { bandsTogether }),
      };
    });
}

import { findPack, listPacks } from '@touchstone/models';
import {
  type CompanionSettings,
  type CompanionStatus,
  packLabel,
  type SettingsPatch,
  TouchstoneError,
} from '@touchstone/shared';

const CHOICES = [
  ['quickPack', 'quick'],
  ['thoroughPack', 'thorough'],
] as const;

/**
 * Looks up the packs that a change of settings chooses: on the disk, since a pack that was installed a moment ago may
 * be chosen.
 * @throws TouchstoneError `pack-unknown`, whose next step names the packs that can be chosen
 */
export async function requireInstalled(patch: SettingsPatch, packFolders: readonly string[]): Promise<void> {
  if (CHOICES.every(([key]) => typeof patch[key] !== 'string')) return;
  const { packs } = await listPacks(packFolders);
  for (const [key, tier] of CHOICES) {
    const name = patch[key];
    if (typeof name !== 'string' || findPack(packs, name)?.manifest.tier === tier) continue;
    const ofTier = [...packs.values()].filter(({ manifest }) => manifest.tier === tier);
    const names = ofTier.map(({ manifest }) => packLabel(manifest)).join(', ') || 'none';
    throw new TouchstoneError('pack-unknown', `${key}: ${JSON.stringify(name).slice(0, 100)}`, {
      nextStep: `Choose one of the installed ${tier} packs: ${names}.`,
    });
  }
}

/** @returns a sentence for each choice in settings.json that names no pack of its tier, and what is used instead */
export function missingChoices(
  settings: CompanionSettings,
  { packs, inUse }: Pick<CompanionStatus, 'packs' | 'inUse'>,
): string[] {
  return CHOICES.flatMap(([key, tier]) => {
    const name = settings[key];
    if (name === null || packs.some((pack) => pack.tier === tier && (pack.name === name || packLabel(pack) === name)))
      return [];
    const instead = inUse?.[tier];
    return [
      `The settings choose ${JSON.stringify(name).slice(0, 100)} as the ${tier} pack, which is not installed; ` +
        (instead ? `${JSON.stringify(instead)} is used instead.` : 'there is no other one.'),
    ];
  });
}

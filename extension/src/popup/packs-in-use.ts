import type { CompanionStatus, PackIdentity } from '@touchstone/shared';

interface PackInUse extends Pick<PackIdentity, 'name' | 'version'> {
  /** Name of the text that says what the pack answers. */
  readonly role: 'pack-asked' | 'pack-live' | 'pack-in-use';
}

/**
 * The packs that answer now: the thorough one a right-click, the quick one what scrolls by.
 * @returns the first installed pack, without a role of its own, for a companion that does not say which it uses
 */
export function packsInUse({ packs, inUse }: Pick<CompanionStatus, 'packs' | 'inUse'>): PackInUse[] {
  const named = (role: PackInUse['role'], name: string | null | undefined): PackInUse[] => {
    const pack = packs.find((each) => each.name === name);
    return pack ? [{ role, name: pack.name, version: pack.version }] : [];
  };
  if (!inUse) return named('pack-in-use', packs[0]?.name);
  return [...named('pack-asked', inUse.thorough), ...named('pack-live', inUse.quick)];
}

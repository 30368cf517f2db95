import { type PackIdentity, packLabel } from '@touchstone/shared';

type Version = Pick<PackIdentity, 'name' | 'version'>;

const natural = new Intl.Collator('en', { numeric: true });

/**
 * Order of versions, as far as names of versions have one: numbers in them count as numbers, and what has something behind a dash
 * comes before what has not (1.0.0-rc.1 before 1.0.0).
 * @returns below 0 where `a` is the older one
 */
export function compareVersions(a: string, b: string): number {
  const [core = '', ...rest] = a.split('-');
  const [otherCore = '', ...otherRest] = b.split('-');
  const byCore = natural.compare(core, otherCore);
  if (byCore !== 0) return byCore;
  if (rest.length === 0 || otherRest.length === 0) return otherRest.length - rest.length;
  return natural.compare(rest.join('-'), otherRest.join('-'));
}

/** The newest first. */
export function versionsOf<T>(packs: Iterable<T>, name: string, versionOf: (pack: T) => Version): T[] {
  return [...packs]
    .filter((pack) => versionOf(pack).name === name)
    .sort((a, b) => compareVersions(versionOf(b).version, versionOf(a).version));
}

/**
 * The pack that somebody names.
 * @param given `name@version`, or a name alone, which is its newest version
 */
export function findPack<T extends { readonly manifest: Version }>(
  packs: ReadonlyMap<string, T>,
  given: string,
): T | undefined {
  return packs.get(given) ?? versionsOf(packs.values(), given, ({ manifest }) => manifest)[0];
}

/** Whether a name as somebody gives it means this pack: with its version, or for every version. */
export function isNamed(given: string, { manifest }: { readonly manifest: Version }): boolean {
  return given === manifest.name || given === packLabel(manifest);
}

import { compareVersions, type PackIdentity, packLabel } from '@touchstone/shared';

type Version = Pick<PackIdentity, 'name' | 'version'>;

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

import { readFileSync } from 'node:fs';

/** Where a package begins in the path of one of its modules; pnpm nests them. */
const PACKAGE = /^(.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+))[\\/]/;

/** Of a bundle, as far as it is looked at. */
interface Chunk {
  readonly type: string;
  readonly modules?: Readonly<Record<string, { readonly renderedLength: number }>>;
}

/** Notes which packages of others end up in what is built: their licences and versions belong to it. */
export interface BundledPackages {
  /** For the bundler. */
  readonly plugin: {
    readonly name: string;
    generateBundle(options: unknown, bundle: Readonly<Record<string, Chunk>>): void;
  };
  /** "name@version" of each so far, sorted. */
  found(): string[];
}

export function createBundledPackages(): BundledPackages {
  const folders = new Set<string>();
  return {
    plugin: {
      name: 'touchstone-bundled-packages',
      generateBundle(_, bundle) {
        for (const { modules = {} } of Object.values(bundle))
          for (const [id, { renderedLength }] of Object.entries(modules)) {
            // A virtual module has no place, and one that nothing uses leaves nothing behind.
            const folder = renderedLength > 0 ? PACKAGE.exec(id.replace(/^\0/, ''))?.[1] : undefined;
            if (folder) folders.add(folder);
          }
      },
    },
    found: () => [...new Set([...folders].map(nameOf))].toSorted(),
  };
}

function nameOf(folder: string): string {
  const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Record<string, string>;
  return `${name}@${version}`;
}

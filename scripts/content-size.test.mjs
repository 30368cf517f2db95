import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const OUTPUT = fileURLToPath(new URL('../extension/.output', import.meta.url));

/**
 * Bytes of the scripts that pages have to read. The first runs in every frame and only watches; what draws comes to the
 * frames that have something to show.
 */
const LIMITS = {
  'content-scripts/content.js': 68_000,
  'content-scripts/pairing.js': 19_000,
  'content-scripts/history.js': 14_000,
  'overlay.js': 90_000,
};

it('scripts of the built extension that run in pages stay small', () => {
  const built = ['chrome-mv3', 'firefox-mv3'].filter((name) => existsSync(`${OUTPUT}/${name}`));
  const tooLarge = built.flatMap((build) =>
    Object.entries(LIMITS).flatMap(([name, limit]) => {
      const { size } = statSync(`${OUTPUT}/${build}/${name}`);
      return size > limit ? [`${build}/${name}: ${size} bytes, ${limit} allowed`] : [];
    }),
  );
  expect(tooLarge).toEqual([]);
});

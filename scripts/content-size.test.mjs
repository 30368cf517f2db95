import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const OUTPUT = fileURLToPath(new URL('../extension/.output', import.meta.url));

/** Bytes of the scripts that pages have to read; without the catalogue they are two thirds and a quarter of what they were. */
const LIMITS = { 'content.js': 120_000, 'pairing.js': 30_000 };

it('scripts of the built extension that run in pages stay small', () => {
  const built = ['chrome-mv3', 'firefox-mv3'].filter((name) => existsSync(`${OUTPUT}/${name}`));
  const tooLarge = built.flatMap((build) =>
    Object.entries(LIMITS).flatMap(([name, limit]) => {
      const { size } = statSync(`${OUTPUT}/${build}/content-scripts/${name}`);
      return size > limit ? [`${build}/${name}: ${size} bytes, ${limit} allowed`] : [];
    }),
  );
  expect(tooLarge).toEqual([]);
});

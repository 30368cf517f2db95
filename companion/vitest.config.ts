import { configDefaults, defineConfig } from 'vitest/config';
import { PURE_ROOMS } from '../scripts/tests-apart.mjs';

export default defineConfig({
  test: {
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 300_000 } },
    name: 'companion',
    // Where CI is set, colours are on even without a terminal; the tests compare words.
    env: { NO_COLOR: '1' },
    include: ['src/**/*.test.ts', 'fuzz/**/*.test.ts', 'bench/**/*.test.ts'],
    // Those are run in ../vitest.config.ts.
    exclude: [...configDefaults.exclude, ...PURE_ROOMS.map((room) => `src/${room}/**`)],
  },
});

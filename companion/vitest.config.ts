import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 300_000 } },
    name: 'companion',
    // Where CI is set, colours are on even without a terminal; the tests compare words.
    env: { NO_COLOR: '1' },
    include: ['src/**/*.test.ts', 'fuzz/**/*.test.ts', 'bench/**/*.test.ts'],
  },
});

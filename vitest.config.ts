import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['shared', 'models', 'companion', 'companion/history', 'extension', 'scripts'],
    // A test waits for what it is about, however busy the machine is; this only ends one that hangs.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    coverage: {
      provider: 'v8',
      // Every source, also one that no test loads; what runs in a process or a thread of its own is not counted.
      include: [
        '{shared,models,extension,companion,companion/history}/src/**/*.{ts,tsx}',
        'extension/entrypoints/**/*.{ts,tsx}',
      ],
      exclude: ['**/*.test.*', '**/fixtures/**', '**/testing/**'],
      // scripts/coverage.mjs holds the totals against the floor.
      reporter: ['json-summary'],
      reportsDirectory: '.cache/coverage',
    },
  },
});

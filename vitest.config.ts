import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Each has its own limits of time, since it takes none from here: a test waits for what it is about, however busy the
    // machine is, and only one that hangs is ended.
    projects: ['shared', 'models', 'companion', 'companion/history', 'extension', 'scripts'],
    coverage: {
      provider: 'v8',
      // Every source, also one that no test loads; what runs in a process or a thread of its own is not counted.
      include: ['**/src/**/*.{ts,tsx}'],
      exclude: ['**/*.test.*', '**/fixtures/**'],
      // scripts/coverage.mjs holds the totals against the floor.
      reporter: ['json-summary'],
      reportsDirectory: '.cache/coverage',
    },
  },
});

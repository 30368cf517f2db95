import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['shared', 'models', 'companion', 'companion/history', 'extension', 'scripts'],
    // A test waits for what it is about, however busy the machine is; this only ends one that hangs.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});

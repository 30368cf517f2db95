import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['shared', 'models', 'companion', 'companion/history', 'extension', 'scripts'],
    testTimeout: 20_000,
  },
});

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 300_000,
    hookTimeout: 300_000,
    name: 'shared',
    include: ['src/**/*.test.ts'],
    // Pure functions: a process for each file would cost three times what the tests cost.
    isolate: false,
  },
});

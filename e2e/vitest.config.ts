import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'e2e',
    include: ['src/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Each file has its own browser, companion and ports; what they wait for, they wait for beside each other.
    maxWorkers: 2,
    // What is waited for comes sooner or later: how late, the machine decides.
    expect: { poll: { timeout: 240_000 } },
  },
});

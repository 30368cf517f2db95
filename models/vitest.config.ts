import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { testTimeout: 20_000, name: 'models', include: ['src/**/*.test.ts', 'evaluation/**/*.test.ts'] },
});

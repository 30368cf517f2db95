import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { testTimeout: 300_000, hookTimeout: 300_000, name: 'scripts', include: ['*.test.mjs', 'package/*.test.mjs'] },
});

import { configDefaults, defineConfig } from 'vitest/config';
import { testsApart } from '../scripts/tests-apart.mjs';

export default defineConfig({
  test: {
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 300_000 } },
    name: 'extension',
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    // A process and a document for each file would cost three times what the tests cost.
    isolate: false,
    exclude: [...configDefaults.exclude, ...testsApart(import.meta.dirname)],
  },
});

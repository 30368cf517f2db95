import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { PURE_ROOMS, testsApart } from './scripts/tests-apart.mjs';

/** Files that take half a minute, whatever their size says: as the last one begun, it leaves a core with nothing to do. */
const LONG = ['scripts/deploy.test.mjs'];

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.some((name) => moduleId.endsWith(name));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** As in the parts' own files. */
const WAITS = { testTimeout: 300_000, hookTimeout: 300_000, expect: { poll: { timeout: 300_000 } } };

/** Parts whose tests share processes, by their names: those of their tests that replace modules run apart. */
const SHARING = { extension: 'extension', history: 'companion/history' };

const apart = Object.entries(SHARING).map(([name, part]) => ({
  root: part,
  test: {
    ...WAITS,
    name: `${name}-apart`,
    environment: 'happy-dom',
    include: testsApart(join(import.meta.dirname, part)),
  },
}));

const pure = {
  root: 'companion',
  test: {
    ...WAITS,
    name: 'companion-pure',
    env: { NO_COLOR: '1' },
    include: PURE_ROOMS.map((room) => `src/${room}/**/*.test.ts`),
    isolate: false,
  },
};

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    // Each has its own limits of time, since it takes none from here: a test waits for what it is about, however busy the
    // machine is, and only one that hangs is ended.
    projects: ['shared', 'models', 'companion', 'companion/history', 'extension', 'scripts', ...apart, pure],
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

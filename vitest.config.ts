import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take half a minute, whatever their size says: as the last one begun, each leaves a core with nothing to do. */
const LONG = ['scripts/deploy.test.mjs', 'companion/bench/soak.test.ts'];

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.some((name) => moduleId.endsWith(name));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
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

import { describe, expect, it } from 'vitest';
import { chooseFiles, resultTable, rounds } from './repeat-browser-tests.mjs';

describe('browser tests in a row', () => {
  const names = ['video.test.ts', 'harness', 'page-bench.ts', 'overlay.attack.test.ts', 'video-tabs.test.ts'];

  it('are all test files, or those that were named', () => {
    expect(chooseFiles(names, [])).toEqual(['overlay.attack.test.ts', 'video-tabs.test.ts', 'video.test.ts']);
    expect(chooseFiles(names, ['tabs', 'attack'])).toEqual(['overlay.attack.test.ts', 'video-tabs.test.ts']);
  });

  it('are never none because of a slip in a name', () => {
    expect(() => chooseFiles(names, ['vidoe'])).toThrow(/vidoe/);
  });

  it('go round after round, so that an interrupted run has tried every file', () => {
    expect(rounds(['a', 'b'], 2).map(({ round, file }) => `${round}${file}`)).toEqual(['1a', '1b', '2a', '2b']);
  });

  it('are told with their failures and the time of one run', () => {
    const lines = resultTable([
      { file: 'a.test.ts', runs: 4, failures: 1, ms: 20_000 },
      { file: 'b.test.ts', runs: 4, failures: 0, ms: 8_000 },
    ]);
    expect(lines[0]).toBe('1 of 8 runs failed.');
    expect(lines).toContain('| a.test.ts | 4 | 1 | 5.0 s |');
  });
});

import { describe, expect, it } from 'vitest';
import { duration } from './progress.mjs';
import { summaryTable } from './stage-summary.mjs';

describe('words', () => {
  it('tells times as people do', () => {
    expect([0, 840, 9_940, 9_960, 42_000, 185_000].map(duration)).toEqual([
      '0.0 s',
      '0.8 s',
      '9.9 s',
      '10 s',
      '42 s',
      '3 min 05 s',
    ]);
  });

  it('names the stage that failed', () => {
    const table = summaryTable([
      { name: 'lint', outcome: 'passed', time: '1.0 s' },
      { name: 'types', outcome: 'FAILED', time: '2.0 s' },
      { name: 'unit tests', outcome: 'not run', time: '' },
    ]);
    expect(table).toBe(
      ['lint        passed   1.0 s', 'types       FAILED   2.0 s', 'unit tests  not run', '', 'Failed at: types'].join(
        '\n',
      ),
    );
  });
});

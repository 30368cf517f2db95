import { errorReport } from '@touchstone/shared';
import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { outcomeTable, percent } from './table.ts';

const plain = pc.createColors(false);

describe('percent', () => {
  it('never promises certainty', () => {
    expect([0, 0.004, 0.5, 0.994, 0.996, 1].map(percent)).toEqual([
      '< 1 %',
      '< 1 %',
      '50 %',
      '99 %',
      '> 99 %',
      '> 99 %',
    ]);
  });
});

describe('outcomeTable', () => {
  const failed = (file: string) => ({ file, index: 0, error: errorReport('broken-picture') });

  it('shows what to do about a file that could not be checked', () => {
    const table = outcomeTable([failed('a.jpg')], 160, plain);
    expect(table).toContain('Not checked');
    expect(table.replace(/[│\s]+/g, ' ')).toContain(errorReport('broken-picture').nextStep);
  });

  it('lets no file name send commands to the terminal', () => {
    const table = outcomeTable([failed('a\u001b[2J\u202egpj.jpg')], 160, plain);
    expect(table).not.toContain('\u001b');
    expect(table).not.toContain('\u202e');
  });

  it('fits the terminal', () => {
    const lines = outcomeTable([failed(`${'long'.repeat(40)}.jpg`)], 100, plain).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});

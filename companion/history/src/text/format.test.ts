import { describe, expect, it } from 'vitest';
import { formatBytes, formatSpan, formatTimecode, formatWhen } from './format.ts';

describe('format', () => {
  it('says bytes shortly', () => {
    expect([512, 204_800, 3_456_789].map((bytes) => formatBytes('en', bytes))).toEqual([
      '512 byte',
      '205 kB',
      '3.5 MB',
    ]);
  });

  it('names today by time, this week by day, older by date', () => {
    const now = new Date(2026, 2, 28, 12).getTime();
    expect(formatWhen('en-GB', now - 3_600_000, now)).toBe('11:00');
    expect(formatWhen('en-GB', now - 2 * 86_400_000, now)).toBe('Thu 12:00');
    expect(formatWhen('en-GB', now - 60 * 86_400_000, now)).toBe('27 Jan 2026');
  });

  it('writes places and lengths of time', () => {
    expect([0, 9.96, 61.25, 3599.94, 3725.5].map(formatTimecode)).toEqual([
      '0:00.0',
      '0:10.0',
      '1:01.3',
      '59:59.9',
      '1:02:05.5',
    ]);
    expect([0.2, 12, 99, 150, 7200].map((seconds) => formatSpan('en', seconds))).toEqual([
      '1 sec',
      '12 sec',
      '99 sec',
      '3 min',
      '2 hr',
    ]);
  });
});

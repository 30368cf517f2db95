import { describe, expect, it } from 'vitest';
import { exportName } from './export-name.ts';

const now = new Date(2026, 0, 5, 23, 59);

describe('export name', () => {
  it('says the day and the limits', () => {
    expect(exportName({}, 'csv', now)).toBe('touchstone-2026-01-05.csv');
    expect(exportName({ site: 'news.example.org', verdict: ['fake'] }, 'json', now)).toBe(
      'touchstone-2026-01-05-news.example.org-fake.json',
    );
    expect(exportName({ fromDay: '2026-01-01' }, 'csv', now)).toBe('touchstone-2026-01-05-filtered.csv');
  });

  it('is harmless whatever was searched for', () => {
    expect(exportName({ search: '../../etc/passwd\u202E "x"' }, 'csv', now)).toBe(
      'touchstone-2026-01-05-etc-passwd-x.csv',
    );
    expect(exportName({ search: 'x'.repeat(200) }, 'csv', now).length).toBeLessThan(110);
  });
});

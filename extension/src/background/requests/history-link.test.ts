import { describe, expect, it } from 'vitest';
import { safeHistoryLink } from './history-link.ts';

describe('safeHistoryLink', () => {
  it('takes the companion’s own link', () => {
    expect(safeHistoryLink('http://127.0.0.1:47615/open#token', 47615)).toBe('http://127.0.0.1:47615/open#token');
  });

  it.each([
    'https://evil.test/open#token',
    'http://127.0.0.1:8080/open',
    'http://127.0.0.1.evil.test:47615/',
    'javascript:alert(1)',
    'not a link',
  ])('refuses %s', (link) => expect(() => safeHistoryLink(link, 47615)).toThrow('could not prove'));
});

import { describe, expect, it } from 'vitest';
import { safeHistoryLink } from './history-link.ts';

describe('safeHistoryLink', () => {
  it('takes the companion’s own link', () => {
    expect(safeHistoryLink('http://127.0.0.1:47615/open#token', { port: 47615 })).toBe(
      'http://127.0.0.1:47615/open#token',
    );
  });

  it.each([
    'https://evil.test/open#token',
    'http://127.0.0.1:8080/open',
    'http://127.0.0.1.evil.test:47615/',
    'javascript:alert(1)',
    'not a link',
  ])('refuses %s', (link) => expect(() => safeHistoryLink(link, { port: 47615 })).toThrow('could not prove'));

  const TEAM = { team: 'https://desk.example' };

  it('takes the link of the team’s server that is used', () => {
    expect(safeHistoryLink('https://desk.example/?record=1', TEAM)).toBe('https://desk.example/?record=1');
  });

  it.each([
    'http://desk.example/',
    'https://desk.example:8443/',
    'https://desk.example.evil.test/',
    'http://127.0.0.1:47615/open#token',
    'http://localhost:0/',
  ])('refuses %s of a team’s server', (link) => expect(() => safeHistoryLink(link, TEAM)).toThrow('could not prove'));

  it('takes nothing where nothing is connected', () => {
    for (const link of ['http://127.0.0.1:0/', 'http://127.0.0.1/', 'https://desk.example/'])
      expect(() => safeHistoryLink(link, {})).toThrow('could not prove');
  });
});

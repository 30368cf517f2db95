import { describe, expect, it } from 'vitest';
import { createOneTimeTokens, LINK_LIFETIME_MS } from './one-time-tokens.ts';
import { createSessions, isCsrfOf, SESSION_IDLE_MS } from './sessions.ts';

describe('one-time tokens', () => {
  it('are good once, for a minute', () => {
    let now = 0;
    const tokens = createOneTimeTokens(() => now);
    const [first, second] = [tokens.issue(), tokens.issue()];
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(tokens.redeem(first)).toBe(true);
    expect(tokens.redeem(first)).toBe(false);
    expect(tokens.redeem('x'.repeat(43))).toBe(false);
    now = LINK_LIFETIME_MS;
    expect(tokens.redeem(second)).toBe(false);
  });

  it('are limited in number', () => {
    const tokens = createOneTimeTokens();
    const first = tokens.issue();
    for (let count = 0; count < 100; count += 1) tokens.issue();
    expect(tokens.redeem(first)).toBe(false);
  });
});

describe('sessions', () => {
  it('have an owner, as records and jobs have: the one of this computer unless another is named', () => {
    const sessions = createSessions();
    const [mine, other] = [sessions.open(), sessions.open('somebody')];
    expect([sessions.find(mine.id)?.owner, sessions.find(other.id)?.owner]).toEqual(['local', 'somebody']);
    expect(sessions.find(other.id)?.owner).toBe('somebody');
  });

  it('live while they are used', () => {
    let now = 0;
    const sessions = createSessions(() => now);
    const { id } = sessions.open();
    now = SESSION_IDLE_MS - 1;
    expect(sessions.find(id)?.id).toBe(id);
    now += SESSION_IDLE_MS - 1;
    expect(sessions.find(id)?.id).toBe(id);
    now += SESSION_IDLE_MS;
    expect(sessions.find(id)).toBeUndefined();
    expect(sessions.find(id)).toBeUndefined();
    expect(sessions.find(undefined)).toBeUndefined();
    expect(sessions.find('made up')).toBeUndefined();
  });

  it('have a CSRF token each, which says nothing of another’s', () => {
    const sessions = createSessions();
    const [one, two] = [sessions.open(), sessions.open()];
    expect(isCsrfOf(one, one.csrf)).toBe(true);
    expect(isCsrfOf(one, two.csrf)).toBe(false);
    expect(isCsrfOf(one, undefined)).toBe(false);
    expect(isCsrfOf(one, '')).toBe(false);
  });
});

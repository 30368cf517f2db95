import { afterEach, describe, expect, it, vi } from 'vitest';
import { csrfToken, openSession, readLink, type SessionPlace } from './session.ts';

const TOKEN = 'abcdefghijklmnopqrstuvwxyz012345';

function place(address: string, answers: (Response | Error)[]) {
  const url = new URL(address, 'http://127.0.0.1:47615');
  const order: string[] = [];
  const stored = new Map<string, string>();
  const fetchCalls: { method: string; body: unknown }[] = [];
  const made: SessionPlace = {
    location: url,
    history: { replaceState: (_data, _title, to) => void order.push(`address ${to}`) },
    storage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
    },
    fetch: vi.fn(async (_input, init) => {
      order.push(`fetch ${init?.method}`);
      fetchCalls.push({ method: init?.method ?? 'GET', body: init?.body });
      const answer = answers.shift();
      if (!(answer instanceof Response)) throw answer ?? new Error('no answer left');
      return answer;
    }),
  };
  return { made, order, stored, fetchCalls };
}

afterEach(() => sessionStorage.clear());

describe('one-time link', () => {
  it('reads token and record, and drops what does not look like them', () => {
    expect(readLink(`#${TOKEN}&record=01J8`)).toEqual({ token: TOKEN, recordId: '01J8' });
    expect(readLink(`#${TOKEN}&record=../x`)).toEqual({ token: TOKEN, recordId: undefined });
    expect(readLink('#short')).toBeUndefined();
    expect(readLink(`#${TOKEN}<script>`)).toBeUndefined();
  });

  it('leaves the address before the token is sent, and keeps the CSRF token', async () => {
    const { made, order, stored, fetchCalls } = place(`/open#${TOKEN}&record=01J8`, [Response.json({ csrf: 'c1' })]);
    expect(await openSession(made)).toBe('open');
    expect(order).toEqual(['address /?record=01J8', 'fetch POST']);
    expect(fetchCalls[0]?.body).toBe(JSON.stringify({ token: TOKEN }));
    expect(csrfToken(made.storage)).toBe('c1');
    expect([...stored.values()].join()).not.toContain(TOKEN);
  });

  it('opens a new session with the filter and the record in view', async () => {
    const { made, order } = place(`/?verdict=fake&record=01J8#${TOKEN}`, [Response.json({ csrf: 'c3' })]);
    expect(await openSession(made)).toBe('open');
    expect(order[0]).toBe('address /?verdict=fake&record=01J8');
  });

  it('says that a link was used, unless the cookie still holds', async () => {
    const refused = () => new Response('{}', { status: 401 });
    expect(await openSession(place(`/open#${TOKEN}`, [refused(), refused()]).made)).toBe('link-used');
    expect(await openSession(place(`/open#${TOKEN}`, [refused(), Response.json({ csrf: 'c2' })]).made)).toBe('open');
  });

  it('throws when nobody answers, and refuses an answer without a CSRF token', async () => {
    const silent = place(`/open#${TOKEN}`, [new TypeError('refused')]);
    await expect(openSession(silent.made)).rejects.toMatchObject({ code: 'companion-unreachable' });
    const wrong = place('/', [Response.json({ csrf: 7 })]);
    expect(await openSession(wrong.made)).toBe('none');
  });
});

describe('without a link', () => {
  it('asks nobody when the tab has its token, keeps the filter and takes a stray fragment away', async () => {
    const { made, order } = place('/?verdict=fake#junk', []);
    made.storage.setItem('touchstone.csrf', 'c0');
    expect(await openSession(made)).toBe('open');
    expect(order).toEqual(['address /?verdict=fake']);
  });

  it('takes the token of the cookie in a new tab', async () => {
    const { made, order } = place('/?verdict=fake', [Response.json({ csrf: 'c3' })]);
    expect(await openSession(made)).toBe('open');
    expect(order).toEqual(['fetch GET']);
  });
});

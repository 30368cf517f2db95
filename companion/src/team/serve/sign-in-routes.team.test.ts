import { CeremonyOptions, CSRF_HEADER, SessionAnswer } from '@touchstone/shared/api';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import type { Answer } from '../../gateway/fixtures/test-companion.ts';
import { createSoftAuthenticator } from '../fixtures/soft-authenticator.ts';
import { DESK, type Desk, startDesk } from '../fixtures/start-desk.ts';
import { testDatabases } from '../fixtures/team-database.ts';

const databases = testDatabases({ fsync: 'off' });

const PAGE = { origin: DESK.origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };

const post = (desk: Desk, path: string, body: unknown, headers: Readonly<Record<string, string | undefined>> = {}) =>
  desk.ask(path, { method: 'POST', body: JSON.stringify(body), headers: { ...PAGE, ...headers } });

const cookieOf = ({ headers }: Answer): string => String(headers['set-cookie']);

it('joins, signs out and signs in again over HTTP, with a cookie that no script and no other site gets', async () => {
  const desk = await startDesk(await databases.fresh());
  const { secret: invitation } = await desk.people.invitations.issue({ name: 'Ann', role: 'admin' }, null);
  expect((await desk.ask('/api/sign-in')).json()).toEqual({ passkeys: true, provider: null });
  expect((await post(desk, '/api/join/invitation', { invitation })).json()).toEqual({
    name: 'Ann',
    role: 'admin',
    again: false,
  });
  const key = createSoftAuthenticator({ origin: DESK.origin });
  const begun = v.parse(CeremonyOptions, (await post(desk, '/api/join/options', { invitation, name: 'Ann' })).json());
  const joined = await post(desk, '/api/join', key.create(begun));
  expect(cookieOf(joined)).toMatch(
    /^__Host-touchstone_session=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  );
  const [cookie = ''] = cookieOf(joined).split(';');
  const { csrf, team } = v.parse(SessionAnswer, joined.json());
  expect(team).toBe(true);
  expect((await desk.ask('/api/session', { headers: { ...PAGE, cookie } })).json()).toEqual({ csrf, team: true });
  expect((await desk.ask('/api/people/me', { headers: { cookie } })).json()).toMatchObject({
    name: 'Ann',
    role: 'admin',
  });
  const out = await post(desk, '/api/sign-out', {}, { cookie, [CSRF_HEADER]: csrf });
  expect(out.status).toBe(204);
  expect((await desk.ask('/api/people/me', { headers: { cookie } })).status).toBe(401);
  const options = v.parse(CeremonyOptions, (await post(desk, '/api/sign-in/passkey/options', {})).json());
  const again = await post(desk, '/api/sign-in/passkey', key.get(options));
  expect(cookieOf(again)).not.toContain(cookie);
  const actions = (await desk.people.audit.list(10)).map(({ action }) => action);
  expect(actions).toEqual(['signed-in', 'signed-out', 'signed-in', 'joined', 'invited']);
});

it('lets no page of another site sign its person in', async () => {
  const desk = await startDesk(await databases.fresh());
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: undefined },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ])
    for (const path of ['/api/sign-in/passkey/options', '/api/sign-in/provider', '/api/join/options'])
      expect([path, headers, (await post(desk, path, {}, headers)).status]).toEqual([path, headers, 401]);
  const back = await desk.ask('/api/sign-in/callback?code=guessed&state=guessed');
  expect([back.status, back.headers.location]).toEqual([303, '/#failed=sign-in-failed']);
  expect(cookieOf(back)).not.toContain('touchstone_session');
});

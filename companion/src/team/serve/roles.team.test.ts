import { request as httpRequest } from 'node:http';
import {
  ALL_ROUTES,
  ROLES,
  type Role,
  type Route,
  roleAllows,
  SCOPES,
  TEAM_ROUTES,
  teamApi,
} from '@touchstone/shared/api';
import { expect, it } from 'vitest';
import type { Answer } from '../../gateway/fixtures/test-companion.ts';
import { askDesk, DESK, type Desk, type Somebody, startDesk } from '../fixtures/start-desk.ts';
import { testDatabases } from '../fixtures/team-database.ts';
import { teamAccessOf } from './route-roles.ts';

const databases = testDatabases({ fsync: 'off' });

const ROUTES: readonly Route[] = [...ALL_ROUTES, ...TEAM_ROUTES].filter((route) => route !== teamApi.signIn.out);

/** What stands for every parameter of an address; it names nothing. */
const NOTHING = '0'.repeat(64);

const addressOf = ({ path }: Route): string => path.replace(/:place\b/, '0').replace(/:\w+/g, NOTHING);

const isScope = ({ access }: Route): boolean => SCOPES.some((scope) => scope === access);

const requestOf = ({ method, body }: Route) => (method === 'GET' ? { method } : { method, body: body ? '{}' : '' });

/** What a caller may learn: whether it was let in, and if not, why. */
function admitted({ status, text }: Answer): string {
  if (status === 401) return 'unknown caller';
  const { code } = text.startsWith('{') ? (JSON.parse(text) as { code?: string }) : {};
  if (code === 'role-missing' || code === 'unknown-address') return code;
  return 'let in';
}

function expected(route: Route, role: Role | undefined): string {
  const needed = teamAccessOf(route.method, route.path);
  if (needed === 'public') return 'let in';
  if (role === undefined) return 'unknown caller';
  if (needed === undefined || needed === 'absent') return 'unknown-address';
  return roleAllows(role, needed) ? 'let in' : 'role-missing';
}

/** A stream of events that stays open. */
function openEvents(port: number, headers: Readonly<Record<string, string>>) {
  return new Promise<{ readonly status: number; readonly destroy: () => void }>((resolve, reject) => {
    const asked = { host: '127.0.0.1', port, path: '/api/history/events', agent: false as const };
    const outgoing = httpRequest(
      { ...asked, headers: { ...headers, host: DESK.host, 'x-forwarded-proto': 'https' } },
      (answer) => {
        answer.on('error', () => undefined);
        answer.resume();
        resolve({ status: answer.statusCode ?? 0, destroy: () => outgoing.destroy() });
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}

const asked = (desk: Desk, who: Somebody | undefined, route: Route): Promise<Answer> => {
  const ask = who === undefined ? desk.ask : isScope(route) ? who.program : who.page;
  return ask(addressOf(route), requestOf(route));
};

it('lets each role do what the table says, and nobody else anything', { timeout: 600_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const callers: (readonly [Role | undefined, Somebody | undefined])[] = [[undefined, undefined]];
  for (const role of ROLES) callers.push([role, await desk.join(`The ${role}`, role)]);
  const found: string[] = [];
  const table: string[] = [];
  for (const route of ROUTES) {
    for (const [role, who] of callers) {
      // Signing in needs no session, and a page of the server all the same: a stranger has neither.
      if (role === undefined && expected(route, role) === 'let in' && route.method !== 'GET') continue;
      const name = `${role ?? 'nobody'}: ${route.method} ${route.path}`;
      found.push(`${name}: ${admitted(await asked(desk, who, route))}`);
      table.push(`${name}: ${expected(route, role)}`);
    }
  }
  expect(found).toEqual(table);
  const kept = await desk.people.people.list();
  expect(kept.map(({ role, disabledAt }) => [role, disabledAt])).toEqual(ROLES.map((role) => [role, null]));
});

it('takes a session of a page of its own alone, and a token of a program with its scope alone', async () => {
  const desk = await startDesk(await databases.fresh());
  const ann = await desk.join('Ann', 'admin');
  const body = JSON.stringify({ name: 'a case', note: '', tags: [] });
  const changed = async (headers: Readonly<Record<string, string | undefined>>): Promise<number> =>
    (await ann.page('/api/cases', { method: 'POST', body, headers })).status;
  expect(await changed({})).toBe(200);
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: undefined },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'x-touchstone-csrf': 'guessed' },
    { 'x-touchstone-csrf': undefined },
    { cookie: '__Host-touchstone_session=guessed' },
    { cookie: undefined },
  ])
    expect([headers, await changed(headers)]).toEqual([headers, 401]);
  expect((await ann.page('/v1/records')).status).toBe(401);
  expect((await ann.program('/api/cases')).status).toBe(401);
  expect((await ann.program('/v1/records', { headers: { origin: 'https://desk.example' } })).status).toBe(401);
  const { token } = await desk.people.tokens.create(ann.id, { name: 'reads', scopes: ['read'], days: 1 });
  const narrow = { authorization: `Bearer ${token}` };
  expect((await desk.ask('/v1/records', { headers: narrow })).status).toBe(200);
  expect((await desk.ask(`/v1/records/${NOTHING}`, { method: 'DELETE', headers: narrow })).text).toContain(
    'scope-missing',
  );
});

it('takes a request for its own name, over TLS, from its proxy alone', async () => {
  const desk = await startDesk(await databases.fresh());
  expect((await desk.ask('/health')).status).toBe(200);
  expect((await desk.ask('/health', { headers: { host: `127.0.0.1:${desk.port}` } })).status).toBe(421);
  expect((await desk.ask('/health', { headers: { 'x-forwarded-proto': 'http' } })).status).toBe(400);
  expect((await desk.ask('/health', { headers: { 'x-forwarded-proto': undefined } })).status).toBe(400);
  const { headers } = await desk.ask('/health');
  expect(headers).toMatchObject({
    'strict-transport-security': 'max-age=31536000',
    'x-frame-options': 'DENY',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'cache-control': 'no-store',
  });
});

it('ends what goes on for long when whoever asked is kept out', { timeout: 120_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  await desk.join('Eve', 'admin');
  const ann = await desk.join('Ann', 'reader');
  const { promise: began, resolve } = Promise.withResolvers<void>();
  const over = askDesk(desk.port, '/api/history/events', { headers: ann.headers }, (text) => {
    if (text.includes('event: status')) resolve();
    return false;
  }).catch((error: Error) => error.message);
  await began;
  await desk.people.people.change(ann.id, { disabled: true }, null);
  await over;
  expect((await ann.page('/api/people/me')).status).toBe(401);
});

it('lets nobody take the streams of events of everybody', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const [ann, ben] = [await desk.join('Ann', 'reader'), await desk.join('Ben', 'reader')];
  const streams: { readonly destroy: () => void }[] = [];
  const open = async (headers: Readonly<Record<string, string>>): Promise<number> => {
    const { status, destroy } = await openEvents(desk.port, headers);
    streams.push({ destroy });
    return status;
  };
  const hers: number[] = [];
  for (let at = 0; at < 33; at += 1) hers.push(await open(ann.headers));
  expect(hers).toEqual([...Array.from({ length: 32 }, () => 200), 503]);
  expect(await open(ben.headers)).toBe(200);
  for (const { destroy } of streams) destroy();
  // The places are there again.
  await expect.poll(() => open(ann.headers), { timeout: 120_000 }).toBe(200);
  for (const { destroy } of streams) destroy();
});

it('lets a reader take their own records out of what others see, and nobody else’s', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const [ann, ben] = [await desk.join('Ann', 'analyst'), await desk.join('Ben', 'analyst')];
  const recordOf = async (who: Somebody, body: string): Promise<string> => {
    const answer = await who.page('/api/check', { method: 'POST', body, headers: { 'content-type': 'image/png' } });
    return (answer.json() as { id: string }).id;
  };
  const send = (who: Somebody, method: string, path: string, body: object = {}) =>
    who.page(path, { method, body: JSON.stringify(body) });
  const [hers, his, hisOther] = [await recordOf(ann, 'hers'), await recordOf(ben, 'his'), await recordOf(ben, 'other')];
  const folderOf = async (who: Somebody): Promise<string> => {
    const made = await send(who, 'POST', '/api/cases', { name: 'Night', note: '', tags: [] });
    return (made.json() as { id: string }).id;
  };
  const [folder, own] = [await folderOf(ann), await folderOf(ben)];
  const share = { everybody: null, people: [{ id: ben.id, right: 'edit' }] };
  expect((await send(ann, 'PUT', `/api/cases/${folder}/sharing`, share)).status).toBe(200);
  const shareBack = { everybody: null, people: [{ id: ann.id, right: 'edit' }] };
  expect((await send(ben, 'PUT', `/api/cases/${own}/sharing`, shareBack)).status).toBe(200);
  for (const [who, into, id] of [
    [ann, folder, hers],
    [ben, folder, his],
    [ben, folder, hisOther],
    [ben, own, his],
    [ann, own, hers],
  ] as const)
    expect((await send(who, 'POST', `/api/cases/${into}/records`, { ids: [id] })).status).toBe(200);
  await desk.people.people.change(ben.id, { role: 'reader' }, null);
  const take = async (into: string, id: string) => {
    const { status, text } = await ben.page(`/api/cases/${into}/records/${id}`, { method: 'DELETE' });
    return text === '' ? status : (JSON.parse(text) as { code: string }).code;
  };
  // What is Ann's stays where it is, in her case and in his.
  expect([await take(folder, hers), await take(own, hers)]).toEqual(['not-yours', 'not-yours']);
  expect([await take(folder, his), await take(own, his)]).toEqual([204, 204]);
  const all = await send(ben, 'POST', `/api/cases/${folder}/take`, { filter: {} });
  expect([all.status, all.json()]).toEqual([200, expect.objectContaining({ taken: 1 })]);
  expect((await send(ben, 'POST', `/api/cases/${folder}/records`, { ids: [his] })).text).toContain('role-missing');
  const left = await send(ann, 'POST', '/api/history/query', { filter: { case: folder } });
  expect((left.json() as { records: { id: string }[] }).records.map(({ id }) => id)).toEqual([hers]);
});

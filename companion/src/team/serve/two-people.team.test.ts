import { FORENSIC_VIEWS } from '@touchstone/shared';
import { ALL_ROUTES, type Route, SCOPES, TEAM_ROUTES, teamApi } from '@touchstone/shared/api';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import type { Answer } from '../../gateway/fixtures/test-companion.ts';
import { DESCRIBED_ROUTES, openApiDocument } from '../../gateway/openapi/document.ts';
import { createSoftAuthenticator } from '../fixtures/soft-authenticator.ts';
import { askDesk, DESK, type Desk, type Somebody, startDesk } from '../fixtures/start-desk.ts';
import { testDatabases } from '../fixtures/team-database.ts';
import { TENANT } from '../open-team.ts';
import { createOwnPasskeys } from '../people/own-passkeys.ts';
import { createSignIn } from '../people/sign-in.ts';

const databases = testDatabases({ fsync: 'off' });

const Ided = v.object({ id: v.string() });
const Checks = v.object({
  checks: v.tuple([v.object({ id: v.string(), record: v.object({ id: v.string() }), sha256: v.string() })]),
});

/** What Ann wrote; nobody else may ever read it. */
const WORDS = ['zanzibar-file.png', 'zanzibar note', 'zanzibar-tag', 'zanzibar case', 'zanzibar key'];

const PICTURE = Buffer.from('the picture that Ann looked at');
const LATER = Buffer.from('the picture that Ann looked at later');

/** Ids of what is Ann's, by what an address is about. */
interface Things {
  readonly record: string;
  readonly check: string;
  readonly case: string;
  readonly token: string;
  readonly session: string;
  readonly passkey: string;
  readonly browser: string;
  readonly sha256: string;
  readonly deletion: string;
  readonly deleted: string;
}

/** Ids of the same form that name nothing. */
const NOTHING: Things = {
  record: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  check: '6ba7b810-9dad-51d1-80b4-00c04fd430c8',
  case: 'f'.repeat(20),
  token: 'f'.repeat(20),
  session: 'f'.repeat(20),
  passkey: 'd'.repeat(64),
  browser: '6ba7b810-9dad-41d1-80b4-00c04fd430c8',
  sha256: 'e'.repeat(64),
  deletion: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  deleted: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
};

const text = JSON.stringify;

/** Gives Ann a passkey besides the one that she has. @returns the id that she knows it by */
async function addPasskey({ id }: Somebody, { team, people }: Desk): Promise<string> {
  const name = 'zanzibar key';
  const { secret } = await people.invitations.issue({ name, role: 'analyst', person: id }, null);
  const desk = { database: team.database.kysely, tenant: TENANT, site: { id: DESK.hostname, origin: DESK.origin } };
  const { joinOptions, join } = createSignIn({ ...people, ...desk });
  await join(createSoftAuthenticator(desk.site).create(await joinOptions(secret, name)), '');
  const own = createOwnPasskeys({ ...desk, hasProvider: false });
  const answer = createSoftAuthenticator(desk.site).create(await own.options({ id, name }));
  return (await own.add(id, { ...answer, name })).id;
}

/** Everything that Ann has: a record with its pictures, a check, a case, a token, a session, and a deletion that can be taken back. */
async function fill(ann: Somebody, desk: Desk): Promise<Things> {
  const check = async (body: Buffer, name: string) => {
    const answer = await ann.program(`/v1/checks?wait=60&fileName=${name}`, { method: 'POST', body });
    const [made] = v.parse(Checks, answer.json()).checks;
    return { check: made.id, record: made.record.id, sha256: made.sha256 };
  };
  const gone = await check(Buffer.from('what Ann deleted'), 'zanzibar-file.png');
  const { json } = await ann.page('/api/history/delete', {
    method: 'POST',
    body: text({ ids: [gone.record], undoable: true }),
  });
  const { undo } = v.parse(v.object({ undo: v.object({ deletion: v.string() }) }), json());
  const made = await check(PICTURE, 'zanzibar-file.png');
  const change = text({ label: 'fake', note: 'zanzibar note', tags: ['zanzibar-tag'] });
  expect((await ann.page(`/api/history/records/${made.record}`, { method: 'PATCH', body: change })).status).toBe(200);
  const folder = await ann.page('/api/cases', {
    method: 'POST',
    body: text({ name: 'zanzibar case', note: '', tags: [] }),
  });
  const { id } = v.parse(Ided, folder.json());
  expect(
    (await ann.page(`/api/cases/${id}/records`, { method: 'POST', body: text({ ids: [made.record] }) })).status,
  ).toBe(200);
  const [token] = await desk.people.tokens.list(ann.id);
  const [session] = await desk.people.sessions.list(ann.id);
  return {
    ...made,
    case: id,
    token: token?.id ?? '',
    session: session?.id ?? '',
    passkey: await addPasskey(ann, desk),
    browser: (await ann.letIn()).browserId,
    deletion: undo.deletion,
    deleted: gone.record,
  };
}

/** Which of the ids an address is about. */
function thingOf(path: string): keyof Things {
  if (path.includes('sessions/')) return 'session';
  if (path.includes('passkeys/')) return 'passkey';
  if (path.includes('tokens/')) return 'token';
  if (path.includes('browsers/')) return 'browser';
  if (path.includes('cases/')) return 'case';
  if (/checks|process|inference|status/.test(path)) return 'check';
  return 'record';
}

/** The address of a route about some things; `:place` and `:view` are no ids. */
function addressOf({ path }: Route, things: Things): string {
  return path
    .replace(':place', '0')
    .replace(':view', FORENSIC_VIEWS[0])
    .replace(':sha256', things.sha256)
    .replace(':record', things.record)
    .replace(/:\w+/g, things[thingOf(path)]);
}

/** A body that is about some things, as each route takes it. */
function bodyOf(route: Route, things: Things): string | Buffer | undefined {
  const { method, path, body } = route;
  if (body === undefined) return method === 'GET' ? undefined : '';
  if (body.kind === 'file') return Buffer.alloc(0);
  const bodies: Readonly<Record<string, unknown>> = {
    '/api/history/delete': { ids: [things.record] },
    '/api/history/undo-delete': { deletion: things.deletion },
    '/api/history/export': { format: 'json', ids: [things.record] },
    '/api/history/query': { filter: { case: things.case } },
  };
  if (path.endsWith('/sharing')) return text({ everybody: 'view', people: [] });
  if (path.includes('/label')) return text({ label: 'real' });
  if (/cases\/:id\/(records|take)/.test(path)) return text({ ids: [things.record] });
  if (path.includes('passkeys')) return text({ name: 'mine now' });
  if (method === 'PATCH')
    return text(path.includes('cases') ? { name: 'mine now' } : { label: 'real', note: 'mine now' });
  return text(bodies[path] ?? {});
}

/** Challenges and ceremonies, new ones each time. */
const SECRETS = /[\w-]{43}/g;

const isScope = ({ access }: Route): boolean => SCOPES.some((scope) => scope === access);

/** An answer without what tells one request from another. */
function told({ status, headers, text: body }: Answer, things: Things): unknown {
  const { date: _, ...rest } = headers;
  const { ratelimit: __, ...kept } = rest as Record<string, unknown>;
  let plain = JSON.stringify({ headers: kept, body });
  for (const id of Object.values(things)) plain = plain.replaceAll(String(id), 'ID');
  return { status, plain: plain.replace(SECRETS, 'SECRET') };
}

const ask = (who: Somebody, route: Route, things: Things): Promise<Answer> => {
  const given = { method: route.method, body: bodyOf(route, things) };
  const options = given.body === undefined ? { method: given.method } : (given as { method: string; body: string });
  return (isScope(route) ? who.program : who.page)(addressOf(route, things), options);
};

/** Ends the session that the test goes on with; what it does to others' is asked by id. */
const ROUTES: readonly Route[] = [...ALL_ROUTES, ...TEAM_ROUTES].filter((route) => route !== teamApi.signIn.out);

it('describes every route of the OpenAPI document in the table that is tried', () => {
  const described = Object.entries(openApiDocument('1.0.0').paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  expect(described).toHaveLength(DESCRIBED_ROUTES.length);
  expect(described.filter((name) => !ROUTES.some(({ method, path }) => `${method} ${path}` === name))).toEqual([]);
});

it('tells one person nothing of another’s, by any route', { timeout: 600_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const [ann, ben] = [await desk.join('Ann', 'analyst'), await desk.join('Ben', 'analyst')];
  const things = await fill(ann, desk);
  const before = (await ann.page(`/api/history/records/${things.record}`)).json();
  expect(before).toMatchObject({ label: 'fake', note: 'zanzibar note', hasThumbnail: true });
  const answers: string[] = [];
  for (const route of ROUTES) {
    const name = `${route.method} ${route.path}`;
    const [hers, none] = [await ask(ben, route, things), await ask(ben, route, NOTHING)];
    expect([name, told(hers, things)]).toEqual([name, told(none, NOTHING)]);
    answers.push(hers.text, JSON.stringify(hers.headers));
  }
  const all = answers.join('\n').replace(text({ id: ann.id, name: 'Ann' }), '');
  for (const word of [...WORDS, ann.id]) expect([word, all.includes(word)]).toEqual([word, false]);
  // Nothing of hers was changed by any of it.
  expect((await ann.page(`/api/history/records/${things.record}`)).json()).toEqual(before);
  expect(
    v.parse(
      v.object({ cases: v.tuple([v.object({ name: v.string(), records: v.number() })]) }),
      (await ann.page('/api/cases')).json(),
    ).cases,
  ).toEqual([{ name: 'zanzibar case', records: 1 }]);
  expect((await ann.page('/api/people/me')).status).toBe(200);
  expect((await ann.page('/api/people/me/passkeys')).json()).toMatchObject({
    passkeys: [{ name: '' }, { id: things.passkey, name: 'zanzibar key' }],
  });
  expect((await ann.page('/api/browsers')).json()).toEqual([expect.objectContaining({ id: things.browser })]);
  // What she deleted was not brought back.
  expect((await ann.page(`/api/history/records/${things.deleted}`)).status).toBe(404);
});

/** Ann's record in a case that she shares with Ben; beside it, what she shares with nobody. */
async function share(ann: Somebody, things: Things, sharing: unknown): Promise<void> {
  const { status } = await ann.page(`/api/cases/${things.case}/sharing`, { method: 'PUT', body: text(sharing) });
  expect(status).toBe(200);
}

/** Routes about one record or case that somebody who may look can read, and those that change it. */
const OF_SHARED = ROUTES.filter(
  ({ path, access }) => /(records|cases)\/:id/.test(path) && access !== 'control' && !path.endsWith('/sharing'),
);
const isReading = ({ method, path }: Route): boolean => method === 'GET' || /explain|recheck/.test(path);

it('opens what is shared to whom it is shared with by every route, lets them change nothing, and closes it again', {
  timeout: 600_000,
}, async () => {
  const desk = await startDesk(await databases.fresh());
  const ann = await desk.join('Ann', 'analyst');
  const ben = await desk.join('Ben', 'analyst');
  const carl = await desk.join('Carl', 'admin');
  const things = await fill(ann, desk);
  const before = (await ann.page(`/api/history/records/${things.record}`)).json();
  await share(ann, things, { everybody: null, people: [{ id: ben.id, right: 'view' }] });
  const found: string[] = [];
  const table: string[] = [];
  for (const route of OF_SHARED) {
    const name = `${route.method} ${route.path}`;
    const shown = await ask(ben, route, things);
    const refused = shown.text.includes('"code":"not-yours"') && shown.status === 403;
    // Taken out one by one, as whoever may only look takes out nothing.
    found.push(
      `${name}: ${refused ? 'not-yours' : shown.status === 404 && !route.path.includes('peaks') ? 'hidden' : 'shown'}`,
    );
    table.push(`${name}: ${isReading(route) ? 'shown' : 'not-yours'}`);
    // Of somebody else it is as little as if there were none.
    const [hers, none] = [await ask(carl, route, things), await ask(carl, route, NOTHING)];
    expect([name, told(hers, things)]).toEqual([name, told(none, NOTHING)]);
  }
  expect(found).toEqual(table);
  expect((await ben.page(`/api/history/records/${things.record}`)).json()).toMatchObject({
    note: 'zanzibar note',
    shared: { owner: 'Ann', right: 'view' },
  });
  expect((await ben.page('/api/cases')).text).toContain('zanzibar case');
  expect((await ben.page(`/api/history/records/${things.deleted}`)).status).toBe(404);
  for (const path of ['/api/history/query', '/api/history/facets'])
    expect((await ben.page(path, path.endsWith('query') ? { method: 'POST', body: '{}' } : {})).text).not.toContain(
      'zanzibar',
    );
  expect((await ann.page(`/api/history/records/${things.record}`)).json()).toEqual(before);
  await share(ann, things, { everybody: null, people: [] });
  for (const route of OF_SHARED) {
    const [hers, none] = [await ask(ben, route, things), await ask(ben, route, NOTHING)];
    const name = `${route.method} ${route.path}`;
    expect([name, told(hers, things)]).toEqual([name, told(none, NOTHING)]);
  }
  const audit = (await carl.page('/api/audit')).text;
  for (const action of ['case-shared', 'case-unshared']) expect(audit).toContain(action);
});

it('names colleagues to whoever shares, by id and name alone', async () => {
  const desk = await startDesk(await databases.fresh());
  const [ann, ben] = [await desk.join('Ann', 'analyst'), await desk.join('Ben', 'reader')];
  expect((await ann.page('/api/colleagues')).json()).toEqual({ people: [{ id: ben.id, name: 'Ben' }] });
  expect((await ben.page('/api/colleagues')).status).toBe(403);
});

it('tells of what is shared those with whom it is, and of nothing else', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const [ann, ben] = [await desk.join('Ann', 'analyst'), await desk.join('Ben', 'analyst')];
  const things = await fill(ann, desk);
  const listened = Promise.withResolvers<void>();
  const heard = askDesk(desk.port, '/api/history/events', { headers: ben.headers }, (said) => {
    if (said.includes('event: status')) listened.resolve();
    return said.includes('event: record');
  });
  await listened.promise;
  const label = (value: string) =>
    ann.page(`/api/history/records/${things.record}`, { method: 'PATCH', body: text({ label: value }) });
  await label('real');
  await share(ann, things, { everybody: 'view', people: [] });
  await label('fake');
  await share(ann, things, { everybody: null, people: [] });
  await label('unsure');
  const own = await ben.program('/v1/checks?wait=60&fileName=own.png', { method: 'POST', body: PICTURE });
  expect(own.status).toBe(200);
  const { text: said } = await heard;
  const events = said.match(/^event: .*/gm)?.filter((line) => line !== 'event: status');
  // The label is read again when it is told: by then it may have been out of sight.
  expect(events?.filter((line) => line !== 'event: label')).toEqual(['event: cases', 'event: cases', 'event: record']);
  expect(said.match(/^data: .*"label":"(real|unsure)"/gm) ?? []).toEqual([]);
  for (const word of WORDS) expect([word, said.includes(word)]).toEqual([word, false]);
});

it('sees what is hers by the same routes', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const ann = await desk.join('Ann', 'analyst');
  const things = await fill(ann, desk);
  const found: string[] = [];
  for (const path of [
    `/api/history/records/${things.record}`,
    `/api/history/records/${things.record}/thumbnail`,
    `/api/history/records/${things.record}/original`,
    `/api/cases/${things.case}`,
    `/api/cases/${things.case}/report`,
  ])
    found.push(`${path} ${(await ann.page(path)).status}`);
  for (const path of [
    `/v1/records/${things.record}`,
    `/v1/checks/${things.check}`,
    `/v1/records/${things.record}/thumbnail`,
  ])
    found.push(`${path} ${(await ann.program(path)).status}`);
  expect(found.filter((line) => !line.endsWith(' 200'))).toEqual([]);
});

it('tells one person no event of another', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const [ann, ben] = [await desk.join('Ann', 'analyst'), await desk.join('Ben', 'analyst')];
  const things = await fill(ann, desk);
  const listened = Promise.withResolvers<void>();
  const heard = askDesk(desk.port, '/api/history/events', { headers: ben.headers }, (said) => {
    if (said.includes('event: status')) listened.resolve();
    return said.includes('event: record');
  });
  await listened.promise;
  const checked = await ann.program('/v1/checks?wait=60&fileName=zanzibar-file.png', { method: 'POST', body: LATER });
  expect(checked.status).toBe(200);
  await ann.page(`/api/history/records/${things.record}`, { method: 'PATCH', body: text({ label: 'real' }) });
  await ann.page('/api/history/undo-delete', { method: 'POST', body: text({ deletion: things.deletion }) });
  await ann.page('/api/history/delete', { method: 'POST', body: text({ ids: [things.record] }) });
  expect((await ben.page(`/v1/checks/${things.check}/events`)).status).toBe(401);
  expect((await ben.program(`/v1/checks/${things.check}/events`)).status).toBe(404);
  // His own comes last: what was told before it is all that he was told.
  const own = await ben.program('/v1/checks?wait=60&fileName=own.png', { method: 'POST', body: PICTURE });
  expect(own.status).toBe(200);
  const { text: said } = await heard;
  expect(said.match(/^event: .*/gm)?.filter((line) => line !== 'event: status')).toEqual(['event: record']);
  for (const word of [...WORDS, ann.id, ...Object.values(things)].filter((one) => one !== things.sha256))
    expect([word, said.includes(word)]).toEqual([word, false]);
});

it('tells one person by no place in a list that another’s check exists', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const [ann, ben] = [await desk.join('Ann', 'analyst'), await desk.join('Ben', 'analyst')];
  const own = await ben.program('/v1/checks?wait=60', { method: 'POST', body: PICTURE });
  const things = await fill(ann, desk);
  const after = async (id: string): Promise<string> =>
    (await ben.program(`/v1/checks?cursor=${Buffer.from(id).toString('base64url')}`)).text;
  expect(await after(things.check)).toBe(await after(NOTHING.check));
  const later = await ben.program('/v1/checks?wait=60', { method: 'POST', body: LATER });
  const [first] = v.parse(Checks, own.json()).checks;
  expect(await after(v.parse(Checks, later.json()).checks[0].id)).toContain(first.id);
});

import { FORENSIC_VIEWS } from '@touchstone/shared';
import { ALL_ROUTES, type Route, SCOPES, TEAM_ROUTES, teamApi } from '@touchstone/shared/api';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import type { Answer } from '../../gateway/fixtures/test-companion.ts';
import { DESCRIBED_ROUTES, openApiDocument } from '../../gateway/openapi/document.ts';
import { askDesk, type Desk, type Somebody, startDesk } from '../fixtures/start-desk.ts';
import { testDatabases } from '../fixtures/team-database.ts';

const databases = testDatabases({ fsync: 'off' });

const Ided = v.object({ id: v.string() });
const Checks = v.object({
  checks: v.tuple([v.object({ id: v.string(), record: v.object({ id: v.string() }), sha256: v.string() })]),
});

/** What Ann wrote; nobody else may ever read it. */
const WORDS = ['zanzibar-file.png', 'zanzibar note', 'zanzibar-tag', 'zanzibar case'];

const PICTURE = Buffer.from('the picture that Ann looked at');
const LATER = Buffer.from('the picture that Ann looked at later');

/** Ids of what is Ann's, by what an address is about. */
interface Things {
  readonly record: string;
  readonly check: string;
  readonly case: string;
  readonly token: string;
  readonly session: string;
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
  browser: '6ba7b810-9dad-41d1-80b4-00c04fd430c8',
  sha256: 'e'.repeat(64),
  deletion: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  deleted: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
};

const text = JSON.stringify;

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
    browser: (await ann.letIn()).browserId,
    deletion: undo.deletion,
    deleted: gone.record,
  };
}

/** Which of the ids an address is about. */
function thingOf(path: string): keyof Things {
  if (path.includes('sessions/')) return 'session';
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
  if (path.includes('/label')) return text({ label: 'real' });
  if (/cases\/:id\/(records|take)/.test(path)) return text({ ids: [things.record] });
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
  const all = answers.join('\n');
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
  expect((await ann.page('/api/browsers')).json()).toEqual([expect.objectContaining({ id: things.browser })]);
  // What she deleted was not brought back.
  expect((await ann.page(`/api/history/records/${things.deleted}`)).status).toBe(404);
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

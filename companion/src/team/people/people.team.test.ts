import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { SESSION_IDLE_MS } from '../../session/sessions.ts';
import { opened, testDatabases } from '../fixtures/team-database.ts';
import { createAuditLog } from './audit.ts';
import { addPerson, createPeople } from './people.ts';
import { createPersonTokens } from './person-tokens.ts';
import { createTeamSessions, SESSION_MS } from './sessions.ts';

const databases = testDatabases({ fsync: 'off' });

const TENANT = 'desk';

async function openDesk() {
  const { kysely } = opened(await databases.fresh());
  let shift = 0;
  const now = () => Date.now() + shift;
  const add = (name: string, role: 'reader' | 'analyst' | 'admin') =>
    kysely.transaction().execute((trx) => addPerson(trx, TENANT, { name, role }, now()));
  return {
    kysely,
    add,
    people: createPeople(kysely, TENANT, now),
    sessions: createTeamSessions(kysely, TENANT, now),
    tokens: createPersonTokens(kysely, TENANT, now),
    audit: createAuditLog(kysely, TENANT, now),
    later: (milliseconds: number) => {
      shift += milliseconds;
    },
  };
}

it('never leaves a team without an admin, also when two resign at the same time', async () => {
  const desk = await openDesk();
  const [ann, ben] = [await desk.add('Ann', 'admin'), await desk.add('Ben', 'admin')];
  const resigned = await Promise.allSettled([
    desk.people.change(ann, { role: 'reader' }, ann),
    desk.people.change(ben, { disabled: true }, ben),
  ]);
  expect(resigned.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: { code: 'last-admin' } }]);
  const admins = (await desk.people.list()).filter(({ role, disabledAt }) => role === 'admin' && disabledAt === null);
  expect(admins).toHaveLength(1);
  expect(await desk.people.change('nobody', { role: 'admin' }, ann)).toBeUndefined();
});

it('gives somebody the name that they want, and says in the audit log how they were called', async () => {
  const desk = await openDesk();
  const ann = await desk.add('Ann', 'admin');
  expect(await desk.people.rename(ann, 'Ann Achebe')).toMatchObject({ id: ann, name: 'Ann Achebe', role: 'admin' });
  expect(await desk.people.rename(ann, 'Ann Achebe')).toMatchObject({ name: 'Ann Achebe' });
  expect(await desk.people.rename('nobody', 'Eve')).toBeUndefined();
  expect(await desk.people.list()).toMatchObject([{ id: ann, name: 'Ann Achebe' }]);
  expect(await desk.audit.list(10)).toMatchObject([{ person: ann, deed: 'name-changed', detail: 'Ann → Ann Achebe' }]);
});

it('ends sessions and tokens with their person, and says in the audit log who did it', async () => {
  const desk = await openDesk();
  const [ann, ben] = [await desk.add('Ann', 'admin'), await desk.add('Ben', 'analyst')];
  const session = await desk.sessions.open(desk.kysely, ben, 'a browser');
  const { token } = await desk.tokens.create(ben, { name: 'a program', scopes: ['read'], days: 1 });
  expect(await desk.tokens.use(token)).toMatchObject({
    person: { id: ben, role: 'analyst' },
    token: { scopes: ['read'] },
  });
  await desk.people.change(ben, { role: 'reader' }, ann);
  expect(await desk.sessions.find(session)).toMatchObject({ person: { role: 'reader' } });
  await desk.people.change(ben, { disabled: true }, ann);
  expect([await desk.sessions.find(session), await desk.tokens.use(token)]).toEqual([undefined, undefined]);
  await desk.people.change(ben, { disabled: false }, ann);
  expect([await desk.sessions.find(session), await desk.tokens.use(token)]).toEqual([undefined, undefined]);
  expect((await desk.audit.list(10)).map(({ person, action, target }) => [person, action, target])).toEqual([
    [ann, 'let-in-again', ben],
    [ann, 'kept-out', ben],
    [ann, 'role-changed', ben],
    [ben, 'token-made', expect.any(String)],
  ]);
});

it('ends a session that nobody used for long, and one that is old however much it is used', async () => {
  const desk = await openDesk();
  const ann = await desk.add('Ann', 'reader');
  const [idle, used] = [await desk.sessions.open(desk.kysely, ann, ''), await desk.sessions.open(desk.kysely, ann, '')];
  for (let at = 0; at < SESSION_MS; at += SESSION_IDLE_MS / 2) {
    expect(await desk.sessions.find(used)).toBeDefined();
    desk.later(SESSION_IDLE_MS / 2);
  }
  expect([await desk.sessions.find(idle), await desk.sessions.find(used)]).toEqual([undefined, undefined]);
});

it('lets nobody end another’s session or token', async () => {
  const desk = await openDesk();
  const [ann, ben] = [await desk.add('Ann', 'admin'), await desk.add('Ben', 'analyst')];
  const session = await desk.sessions.open(desk.kysely, ben, '');
  const made = await desk.tokens.create(ben, { name: 'a program', scopes: ['read', 'check'], days: null });
  const [shown] = await desk.sessions.list(ben);
  expect([await desk.sessions.end(ann, shown?.id ?? ''), await desk.tokens.revoke(ann, made.id)]).toEqual([
    false,
    false,
  ]);
  expect([await desk.sessions.list(ann), await desk.tokens.list(ann)]).toEqual([[], []]);
  expect([await desk.sessions.end(ben, shown?.id ?? ''), await desk.tokens.revoke(ben, made.id)]).toEqual([true, true]);
  expect([await desk.sessions.find(session), await desk.tokens.use(made.token)]).toEqual([undefined, undefined]);
});

it('has an audit log that no statement changes', async () => {
  const desk = await openDesk();
  await desk.audit.note({ person: null, action: 'invited', detail: 'admin' });
  for (const change of [sql`UPDATE audit SET action = 'nothing'`, sql`DELETE FROM audit`, sql`TRUNCATE audit`])
    await expect(change.execute(desk.kysely)).rejects.toThrow('only added to');
  expect(await desk.audit.list(10)).toMatchObject([{ action: 'invited', person: null }]);
});

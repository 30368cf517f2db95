import type { AuditChoice } from '@touchstone/shared/api';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { opened, testDatabases } from '../fixtures/team-database.ts';
import { createAuditLog } from './audit.ts';
import { createColleagues } from './colleagues.ts';
import { createInvitations, INVITATION_MS } from './invitations.ts';
import { addPerson, createPeople } from './people.ts';
import { createTeamSessions } from './sessions.ts';

const databases = testDatabases({ fsync: 'off' });

const TENANT = 'desk';
const START = 1_700_000_000_000;

async function openDesk() {
  const { kysely } = opened(await databases.fresh());
  let at = START;
  const now = () => at;
  return {
    kysely,
    people: createPeople(kysely, TENANT, now),
    colleagues: createColleagues(kysely, TENANT, now),
    sessions: createTeamSessions(kysely, TENANT, now),
    invitations: createInvitations(kysely, TENANT, now),
    audit: createAuditLog(kysely, TENANT, now),
    add: (name: string, role: 'reader' | 'admin') =>
      kysely.transaction().execute((trx) => addPerson(trx, TENANT, { name, role }, now())),
    later: (milliseconds: number) => {
      at += milliseconds;
    },
  };
}

it('tells of everybody when they were last here, where they are signed in, and whether they can come in again', async () => {
  const desk = await openDesk();
  const ann = await desk.add('Ann', 'admin');
  desk.later(1);
  const ben = await desk.add('Ben', 'reader');
  const secret = await desk.sessions.open(desk.kysely, ben, 'a browser');
  await desk.sessions.open(desk.kysely, ben, 'another');
  const told = async () =>
    (await desk.colleagues.list()).map(({ id, seenAt, sessions, waysIn }) => [id, seenAt, sessions, waysIn]);
  expect(await told()).toEqual([
    [ann, null, 0, 0],
    [ben, START + 1, 2, 0],
  ]);
  desk.later(10 * 60_000);
  await desk.sessions.find(secret);
  expect(await told()).toEqual([
    [ann, null, 0, 0],
    [ben, START + 1 + 10 * 60_000, 2, 0],
  ]);
  // Signing out, or being kept out, makes nobody unseen.
  await desk.people.change(ben, { disabled: true }, ann);
  expect(await told()).toEqual([
    [ann, null, 0, 0],
    [ben, START + 1 + 10 * 60_000, 0, 0],
  ]);
});

it('lists the invitations that open, and withdraws one', async () => {
  const desk = await openDesk();
  const [ann, eve] = [await desk.add('Ann', 'admin'), await desk.add('Eve', 'admin')];
  const given = { name: 'Ben', role: 'reader' } as const;
  const first = await desk.invitations.issue(given, ann);
  desk.later(1);
  const second = await desk.invitations.issue({ ...given, name: 'Eve', person: eve }, ann);
  const open = await desk.invitations.list();
  expect(open).toMatchObject([
    { name: 'Eve', person: eve, by: ann, expiresAt: second.expiresAt },
    { name: 'Ben', person: null, by: ann, expiresAt: first.expiresAt },
  ]);
  expect(JSON.stringify(open)).not.toContain(first.secret);
  const [, ofBen] = open;
  expect(await desk.invitations.withdraw(ofBen?.id ?? '', ann)).toBe(true);
  expect(await desk.invitations.withdraw(ofBen?.id ?? '', ann)).toBe(false);
  await expect(desk.invitations.look(first.secret)).rejects.toMatchObject({ code: 'invitation-unusable' });
  expect(await desk.invitations.look(second.secret)).toMatchObject({ person: eve });
  expect(await desk.audit.list(1)).toMatchObject([
    { person: ann, action: 'invitation-withdrawn', target: ofBen?.id, detail: 'reader Ben' },
  ]);
  desk.later(INVITATION_MS);
  expect(await desk.invitations.list()).toEqual([]);
});

it('finds in the audit log who did what and when, page after page', async () => {
  const desk = await openDesk();
  const actionOf = (count: number) => {
    if (count % 2 === 0) return 'signed-in';
    return count % 4 === 1 ? 'POST /api/history/delete' : 'DELETE /v1/records/:id';
  };
  const counts = Array.from({ length: 1_001 }, (_, count) => count);
  const rows = counts.map(
    (count) =>
      sql`(${TENANT}, ${START + count * 1000}::bigint, ${['ann', 'ben', null][count % 3]}, ${actionOf(count)}, ${String(count)}, '')`,
  );
  await sql`INSERT INTO audit (tenant, at, person, action, target, detail) VALUES ${sql.join(rows)}`.execute(
    desk.kysely,
  );
  const all = async (chosen: AuditChoice): Promise<number[]> => {
    const found: number[] = [];
    for await (const { target } of desk.audit.iterate(chosen)) found.push(Number(target));
    return found;
  };
  const expected = (matches: (count: number) => boolean) => counts.toReversed().filter(matches);
  expect(await all({})).toEqual(expected(() => true));
  expect(await all({ person: 'ann' })).toEqual(expected((count) => count % 3 === 0));
  expect(await all({ person: 'nobody' })).toEqual(expected((count) => count % 3 === 2));
  expect(await all({ deed: 'records-deleted' })).toEqual(expected((count) => count % 2 === 1));
  expect(await all({ deed: 'signed-in', from: START + 10_000, to: START + 20_000 })).toEqual([18, 16, 14, 12, 10]);
  const [first] = await desk.audit.list(1, undefined, { deed: 'records-deleted', person: 'ben' });
  expect(first).toMatchObject({ deed: 'records-deleted', action: expect.stringContaining(' ') });
  expect(await desk.audit.list(1, first?.number, { deed: 'records-deleted', person: 'ben' })).toMatchObject([
    { target: String(Number(first?.target) - 6) },
  ]);
});

import { ROLES } from '@touchstone/shared/api';
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { workOf } from '../../jobs/fixtures/ledger-conformance.ts';
import { generatedRecord } from '../../log/fixtures/generated-records.ts';
import { memoryContentStore } from '../../store/fixtures/memory-content-store.ts';
import { opened, testDatabases } from '../fixtures/team-database.ts';
import { installQueue } from '../jobs/queue.ts';
import { openTeam, TENANT } from '../open-team.ts';
import { peopleOf } from '../people/open-people.ts';
import { hashOf } from '../people/secrets.ts';
import { createCaseSharings } from '../records/case-sharing.ts';
import { createTeamWriter } from '../records/record-writer.ts';
import { createTeamCases } from '../records/team-cases.ts';
import { migrateTeam, STEPS } from './migrations.ts';
import type { TeamDatabase } from './open-database.ts';

const databases = testDatabases({ fsync: 'off' });

const BEFORE = '0005-imported-cases';
const PEOPLE = ['ann', 'ben', 'eve'] as const;
const PICTURES = { thumbnail: Uint8Array.of(1), original: Uint8Array.of(2), peaks: [Uint8Array.of(3)] };
const HOUR = 60 * 60_000;

const RECORDS = [0, 1, 2, 3].map((index) => generatedRecord(index));
const JOB = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';

/** What a team had before its version knew of anything that came after; columns as they were. */
async function fillAsBefore({ kysely }: TeamDatabase, now: number): Promise<void> {
  const run = (statement: ReturnType<typeof sql>) => statement.execute(kysely);
  for (const [at, id] of PEOPLE.entries()) {
    await run(sql`INSERT INTO people (id, tenant, name, role, created_at, disabled_at)
      VALUES (${id}, ${TENANT}, ${`The ${id}`}, ${ROLES[2 - at] ?? 'reader'}, ${now - 9 * HOUR}, ${id === 'eve' ? now - HOUR : null})`);
    await run(sql`INSERT INTO passkeys (tenant, id, person, public_key, counter, transports, created_at)
      VALUES (${TENANT}, ${`key of ${id}`}, ${id}, ${Buffer.from('key')}, 0, '[]', ${now - 9 * HOUR})`);
  }
  for (const [person, secret, used] of [
    ['ann', 'secret of ann', now - 2 * HOUR],
    ['ann', 'older of ann', now - 5 * HOUR],
    ['ben', 'secret of ben', now - 3 * HOUR],
  ] as const)
    await run(sql`INSERT INTO sessions (id, tenant, hash, person, client, created_at, used_at, expires_at)
      VALUES (${`session ${secret}`}, ${TENANT}, ${hashOf(secret)}, ${person}, 'a browser', ${now - 9 * HOUR}, ${used}, ${now + 99 * HOUR})`);
  await run(sql`INSERT INTO tokens (id, tenant, hash, person, name, scopes, created_at, expires_at)
    VALUES ('token of ben', ${TENANT}, ${hashOf('tst_ben')}, 'ben', 'a program', '["read"]', ${now - HOUR}, ${now + HOUR})`);
  await run(sql`INSERT INTO audit (tenant, at, person, action, target, detail)
    VALUES (${TENANT}, ${now - HOUR}, 'ann', 'invited', 'ben', 'analyst Ben')`);
  const writer = createTeamWriter(kysely, TENANT, async () => new Set());
  for (const [at, record] of RECORDS.entries())
    await writer.write({ owner: at < 2 ? 'ann' : 'ben', record, media: PICTURES });
  await run(sql`UPDATE records SET label = 'fake' WHERE id = ${RECORDS[0]?.id}`);
  await run(
    sql`INSERT INTO record_notes (tenant, number, note) SELECT tenant, number, 'a note' FROM records WHERE id = ${RECORDS[0]?.id}`,
  );
  await run(
    sql`INSERT INTO record_tags (tenant, number, tag) SELECT tenant, number, 'night' FROM records WHERE id = ${RECORDS[0]?.id}`,
  );
  await run(sql`INSERT INTO cases (id, tenant, owner, name, note, tags, created_at, updated_at)
    VALUES ('ca5e', ${TENANT}, 'ann', 'Fire', 'by the quay', '["harbour"]', ${now}, ${now})`);
  await run(
    sql`INSERT INTO case_records (case_id, tenant, number) SELECT 'ca5e', tenant, number FROM records WHERE owner = 'ann'`,
  );
  const work = workOf(7, { owner: 'ben', client: 'person:ben' });
  await run(sql`INSERT INTO jobs (tenant, id, queue, priority, state, owner, client, lane, content, bytes, work, accepted_at)
    VALUES (${TENANT}, ${JOB}::uuid, 'checks/any', 1, 'pending', 'ben', 'person:ben', ${work.lane}, ${work.content}, ${work.bytes}, ${JSON.stringify(work)}, ${now})`);
  await run(sql`INSERT INTO imports (tenant, source, owner, link, cases) VALUES (${TENANT}, 'aa', 'ann', 2, '{ca5e}')`);
  await run(sql`INSERT INTO workers (tenant, id) VALUES (${TENANT}, 'a worker')`);
}

it('brings a team that had data before there was sharing, settings, accounts, browsers and waits to this version', {
  timeout: 300_000,
}, async () => {
  const url = await databases.empty();
  const before = opened(url);
  const now = Date.now();
  const first = await migrateTeam(before.kysely, BEFORE);
  expect(first).toEqual(Object.keys(STEPS).filter((name) => name <= BEFORE));
  await installQueue(url);
  await fillAsBefore(before, now);
  const later = Object.keys(STEPS).filter((name) => name > BEFORE);
  expect(await migrateTeam(before.kysely)).toEqual(later);
  expect(await migrateTeam(before.kysely)).toEqual([]);

  const team = await openTeam({ database: url, content: memoryContentStore() });
  onTestFinished(() => team.close());
  const { kysely } = team.database;
  const { people, sessions, tokens, browsers, audit } = peopleOf(kysely);
  // People, how they come in, and since when they were not seen.
  expect((await people.list()).map(({ id, role, disabledAt }) => [id, role, disabledAt !== null])).toEqual([
    ['ann', 'admin', false],
    ['ben', 'analyst', false],
    ['eve', 'reader', true],
  ]);
  const seen = await sql<{ id: string; seen_at: number | null }>`SELECT id, seen_at FROM people ORDER BY id`.execute(
    kysely,
  );
  expect(seen.rows).toEqual([
    { id: 'ann', seen_at: now - 2 * HOUR },
    { id: 'ben', seen_at: now - 3 * HOUR },
    { id: 'eve', seen_at: null },
  ]);
  expect((await sessions.find('secret of ann'))?.person.id).toBe('ann');
  expect((await sessions.list('ann')).map(({ id }) => id).toSorted()).toEqual([
    'session older of ann',
    'session secret of ann',
  ]);
  expect(await tokens.list('ben')).toMatchObject([{ id: 'token of ben', name: 'a program', scopes: ['read'] }]);
  expect(await browsers.list('ann')).toEqual([]);
  expect(await audit.list(10)).toMatchObject([{ person: 'ann', action: 'invited', target: 'ben' }]);
  const keys = await sql<{ id: string; name: string }>`SELECT id, name FROM passkeys ORDER BY id`.execute(kysely);
  expect(keys.rows.map(({ id, name }) => [id, name])).toEqual(PEOPLE.map((id) => [`key of ${id}`, '']));

  // Records with everything beside them, each its owner's alone, and their chain.
  const scope = { tenant: TENANT, owner: 'ann' };
  await team.owners.within('ann', async () => {
    const { history } = team.owners;
    const page = await history.query({});
    expect(page.records.map(({ id }) => id).toSorted()).toEqual(
      RECORDS.slice(0, 2)
        .map(({ id }) => id)
        .toSorted(),
    );
    const [kept] = page.records.filter(({ id }) => id === RECORDS[0]?.id);
    expect(kept).toMatchObject({
      label: 'fake',
      note: 'a note',
      tags: ['night'],
      cases: [{ id: 'ca5e', name: 'Fire' }],
    });
    expect(await history.thumbnail(RECORDS[0]?.id ?? '')).toEqual(PICTURES.thumbnail);
    expect(await history.verify()).toMatchObject({ intact: true, records: RECORDS.length, breaks: [] });
    const cases = createTeamCases(kysely, scope, history);
    expect(await cases.list()).toMatchObject([
      {
        id: 'ca5e',
        name: 'Fire',
        note: 'by the quay',
        tags: ['harbour'],
        records: 2,
        standing: { right: 'own', shared: false },
      },
    ]);
    const sharings = createCaseSharings(kysely, scope, history);
    expect(await sharings.get('ca5e')).toEqual({ everybody: null, people: [] });
    // What came since works with what was there.
    await sharings.change('ca5e', { everybody: null, people: [{ id: 'ben', right: 'view' }] });
  });
  await team.owners.within('ben', async () => {
    const { history } = team.owners;
    expect((await history.query({ filter: { case: 'ca5e' } })).records).toHaveLength(2);
    expect((await history.query({})).records).toHaveLength(2);
  });
  // What waited waits, for nobody in particular: whoever comes and goes does not end it.
  const job = await team.ledger.get(JOB);
  expect(job).toMatchObject({ state: 'pending', work: { owner: 'ben' } });
  const waited = await sql<{ waited: boolean }>`SELECT waited FROM jobs`.execute(kysely);
  expect(waited.rows).toEqual([{ waited: false }]);
});

it('makes the same tables of an empty database as of one that grew', { timeout: 300_000 }, async () => {
  const [grown, whole] = [opened(await databases.empty()), opened(await databases.empty())];
  for (const name of Object.keys(STEPS)) expect(await migrateTeam(grown.kysely, name)).toEqual([name]);
  await migrateTeam(whole.kysely);
  const columnsOf = async ({ kysely }: TeamDatabase) =>
    (
      await sql`SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
        WHERE table_schema = 'touchstone' ORDER BY table_name, column_name`.execute(kysely)
    ).rows;
  const columns = await columnsOf(whole);
  expect(columns.length).toBeGreaterThan(100);
  expect(await columnsOf(grown)).toEqual(columns);
});

it('names its steps so that their order as texts is that of their numbers, also beyond the tenth', () => {
  const names = Object.keys(STEPS);
  expect(names.toSorted()).toEqual(names);
  expect(names.map((name) => Number(/^(\d{4})-[a-z]+(-[a-z]+)*$/.exec(name)?.[1]))).toEqual(
    names.map((_, at) => at + 1),
  );
});

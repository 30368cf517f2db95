import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { generatedRecord } from '../../log/fixtures/generated-records.ts';
import { openEventBus } from '../events/event-bus.ts';
import { opened, testDatabases } from '../fixtures/team-database.ts';
import { createTeamWriter } from './record-writer.ts';
import { openTeamHistory } from './team-history.ts';

const databases = testDatabases({ fsync: 'off' });
const SCOPE = { tenant: 'team', owner: 'ann' };

async function writerOf(url: string, scope = SCOPE) {
  const database = opened(url);
  const bus = await openEventBus(url, database.kysely);
  onTestFinished(() => bus.close());
  const writer = createTeamWriter(database.kysely, scope.tenant, async () => new Set());
  return { database, history: await openTeamHistory({ database, bus, writer }, scope) };
}

it('is one chain, however many processes and people write at once', async () => {
  const url = await databases.fresh();
  const owners = ['ann', 'ben', 'ann', 'cem'];
  const writers = await Promise.all(owners.map((owner) => writerOf(url, { tenant: 'team', owner })));
  const other = await writerOf(url, { tenant: 'another', owner: 'ann' });
  await Promise.all([
    ...writers.flatMap(({ history }, at) =>
      Array.from({ length: 50 }, (_, index) => history.append(generatedRecord(at * 1000 + (index % 7)), {})),
    ),
    other.history.append(generatedRecord(1), {}),
  ]);
  const [first] = writers;
  expect(await first?.history.verify()).toMatchObject({ intact: true, records: 200, tombstones: 0, breaks: [] });
  expect(await other.history.verify()).toMatchObject({ intact: true, records: 1 });
});

/** A writer whose transactions of the bulk begin an hour apart. */
async function patientWriter() {
  const database = opened(await databases.fresh());
  const writer = createTeamWriter(
    database.kysely,
    'team',
    async (_, ends) => new Set(ends.map(({ claim }) => claim.jobId)),
    3_600_000,
  );
  let count = 0;
  const write = (lane: 'asked' | 'bulk', worker = 'w') => {
    count += 1;
    const job = { jobId: `job ${count}`, worker, attempt: 1 };
    return writer.write({ owner: 'ann', record: { ...generatedRecord(count), lane }, media: {}, job });
  };
  /** How many records each transaction wrote, in the order of the chain. */
  async function transactions(): Promise<number[]> {
    const found = sql<{ count: number }>`SELECT count(*) AS count FROM records GROUP BY xmin ORDER BY min(link)`;
    return (await found.execute(database.kysely)).rows.map((row) => row.count);
  }
  return { write, transactions };
}

it('writes the bulk of a moment together, and at once with what somebody waits for', async () => {
  const { write, transactions } = await patientWriter();
  await write('bulk');
  const waiting = [write('bulk'), write('bulk')];
  await setImmediate();
  expect(await transactions()).toEqual([1]);
  await Promise.all([...waiting, write('asked')]);
  expect(await transactions()).toEqual([1, 3]);
});

it('writes the bulk when there is enough of it', async () => {
  const { write, transactions } = await patientWriter();
  await write('bulk');
  await Promise.all(Array.from({ length: 8 }, () => setImmediate().then(() => write('bulk'))));
  expect(await transactions()).toEqual([1, 8]);
});

it.each([
  ['a changed text', "UPDATE records SET body = replace(body, 'harbour', 'station') WHERE link = 3", 'edited'],
  ['a changed column', "UPDATE records SET verdict = 'fake' WHERE link = 1", 'edited'],
  ['a record that was taken out', 'DELETE FROM records WHERE link = 3', 'missing'],
  [
    'two that changed places',
    'UPDATE chain SET link = CASE link WHEN 2 THEN 103 ELSE 102 END WHERE link IN (2, 3); UPDATE chain SET link = link - 100 WHERE link > 100',
    'reordered',
  ],
  ['a link that was taken out', 'DELETE FROM chain WHERE link = 3', 'missing'],
])('tells %s', async (_, statement, problem) => {
  const { database, history } = await writerOf(await databases.fresh());
  for (let index = 0; index < 5; index += 1) await history.append(generatedRecord(index), {});
  expect(await history.verify()).toMatchObject({ intact: true });
  for (const one of statement.split('; ')) await sql.raw(one).execute(database.kysely);
  const verification = await history.verify();
  expect(verification.intact).toBe(false);
  expect(verification.breaks.map((found) => found.problem)).toContain(problem);
});

it('names nobody the records of others', async () => {
  const url = await databases.fresh();
  const ann = await writerOf(url);
  const ben = await writerOf(url, { tenant: 'team', owner: 'ben' });
  const record = generatedRecord(1);
  await ann.history.append(record, {});
  await sql`UPDATE records SET title = 'another'`.execute(ann.database.kysely);
  expect((await ann.history.verify()).breaks).toEqual([{ id: record.id, problem: 'edited' }]);
  expect((await ben.history.verify()).breaks).toEqual([
    { id: expect.stringMatching(/^link 1, checked /), problem: 'edited' },
  ]);
});

it('takes a text with a null character, and finds it unchanged', async () => {
  const { history } = await writerOf(await databases.fresh());
  const plain = generatedRecord(1);
  const record = { ...plain, source: { ...plain.source, pageTitle: 'a\u0000b' } };
  await history.append(record, {});
  expect((await history.get(record.id))?.source.pageTitle).toBe('a\u0000b');
  expect(await history.verify()).toMatchObject({ intact: true, records: 1 });
});

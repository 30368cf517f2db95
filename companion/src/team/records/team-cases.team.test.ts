import { MAX_CASES, type ResultRecord } from '@touchstone/shared';
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { generatedRecord } from '../../log/fixtures/generated-records.ts';
import type { LogEvent } from '../../store/record-store.ts';
import { openEventBus } from '../events/event-bus.ts';
import { opened, testDatabases } from '../fixtures/team-database.ts';
import { createTeamWriter } from './record-writer.ts';
import { createTeamCases } from './team-cases.ts';
import { createTeamEmbeddings } from './team-embeddings.ts';
import { openTeamHistory } from './team-history.ts';

const databases = testDatabases({ fsync: 'off' });
const fire = { name: 'Fire in the harbour', note: 'Three pictures of one night.', tags: ['harbour'] };

/** Two people of one team, each with records of his own. */
async function twoPeople() {
  const url = await databases.fresh();
  const database = opened(url);
  const bus = await openEventBus(url, database.kysely);
  onTestFinished(() => bus.close());
  const writer = createTeamWriter(database.kysely, 'team', async () => new Set());
  const person = async (owner: string, first: number) => {
    const scope = { tenant: 'team', owner };
    const history = await openTeamHistory({ database, bus, writer }, scope);
    const records = Array.from({ length: 4 }, (_, index) => generatedRecord(first + index));
    for (const record of records) await history.append(record, {});
    return { history, ids: records.map(({ id }) => id), cases: createTeamCases(database.kysely, scope, history) };
  };
  return { ann: await person('ann', 0), ben: await person('ben', 10), database };
}

it('keeps cases with their records, notes and tags', async () => {
  const { ann } = await twoPeople();
  const { cases, history, ids } = ann;
  const made = await cases.create(fire);
  expect(await cases.add(made.id, { ids: [ids[0] ?? '', ids[1] ?? '', 'nothing'] })).toMatchObject({ added: 2 });
  expect(await cases.add(made.id, { filter: { content: generatedRecord(1).picture.sha256 } })).toMatchObject({
    added: 0,
  });
  expect(await cases.change(made.id, { name: 'Fire', tags: [] })).toMatchObject({ name: 'Fire', tags: [], records: 2 });
  await cases.annotate(ids[0] ?? '', { note: 'seen before', tags: ['night', 'sea'] });
  expect(await history.get(ids[0] ?? '')).toMatchObject({
    cases: [{ id: made.id, name: 'Fire' }],
    tags: ['night', 'sea'],
    note: 'seen before',
  });
  expect((await history.query({ filter: { case: made.id } })).total).toBe(2);
  expect((await history.query({ filter: { tag: ['sea', 'none'] } })).total).toBe(1);
  expect((await history.facets()).tags).toEqual([
    { value: 'night', count: 1 },
    { value: 'sea', count: 1 },
  ]);
  const first = { ids: [ids[0] ?? ''] };
  expect(await cases.take(made.id, first)).toMatchObject({ taken: 1, case: { records: 1 } });
  expect(await cases.take(made.id, first)).toMatchObject({ taken: 0 });
  // What is not in the case does not go with it, however alike it is.
  expect(await cases.take(made.id, { filter: { verdict: ['fake', 'real', 'uncertain'] }, sameAs: ids })).toMatchObject({
    taken: 1,
    case: { records: 0 },
  });
  expect(await cases.add(made.id, { ids: ids.slice(0, 2) })).toMatchObject({ added: 2 });
  expect(await cases.take(made.id, { filter: {} })).toMatchObject({ taken: 2 });
  expect(await cases.add(made.id, { ids: ids.slice(1, 2) })).toMatchObject({ added: 1 });
  await cases.annotate(ids[0] ?? '', { note: '', tags: [] });
  expect(await history.get(ids[0] ?? '')).not.toHaveProperty('note');
  expect(await history.verify()).toMatchObject({ intact: true, records: 8 });
  expect([await cases.delete(made.id), await cases.list(), history.count()]).toEqual([true, [], 4]);
});

it('takes no more cases than there may be, though several are made at once', async () => {
  const { ann, database } = await twoPeople();
  await sql`INSERT INTO cases (id, tenant, owner, name, note, tags, created_at, updated_at)
    SELECT 'case ' || at, 'team', 'ann', 'Case', '', '[]', 0, 0 FROM generate_series(2, ${MAX_CASES}::integer) AS at`.execute(
    database.kysely,
  );
  const made = await Promise.allSettled(Array.from({ length: 3 }, () => ann.cases.create(fire)));
  const failed = made.filter(({ status }) => status === 'rejected');
  expect(failed).toMatchObject([{ reason: { code: 'case-full' } }, { reason: { code: 'case-full' } }]);
  expect((await ann.cases.list()).length).toBe(MAX_CASES);
});

it('shows nobody what another has: records, cases, labels, numbers, events, deletions', async () => {
  const { ann, ben } = await twoPeople();
  const [first = ''] = ann.ids;
  const made = await ann.cases.create(fire);
  await ann.cases.add(made.id, { ids: ann.ids });
  const events: LogEvent[] = [];
  ben.history.subscribe((event) => events.push(event), new AbortController().signal);
  const record = (await ann.history.get(first)) as ResultRecord;
  const { held } = await ann.history.holdBack({ ids: [ann.ids[3] ?? ''] }, Date.now() + 60_000);
  expect([
    await ben.history.get(first),
    await ben.history.thumbnail(first),
    await ben.history.original(first),
    await ben.history.chainLink(first),
    await ben.history.findExact(record.picture.sha256, 'thorough@1.0.0', 'image'),
    await ben.cases.get(made.id),
    await ben.cases.change(made.id, { name: 'mine' }),
    await ben.cases.add(made.id, { ids: ben.ids }),
  ]).toEqual(Array.from({ length: 8 }, () => undefined));
  expect([
    await ben.history.setLabel(first, 'fake'),
    await ben.history.labelContent(record.picture.sha256, 'fake'),
    await ben.history.deleteIds(ann.ids),
    await ben.history.restore(held?.id ?? ''),
    await ben.history.carryOut(held?.id ?? ''),
    await ben.history.mayComeBack(ann.ids[3] ?? ''),
    await ben.cases.annotate(first, { note: 'mine' }),
    await ben.cases.delete(made.id),
    (await ben.cases.take(made.id, { ids: [first] })) ?? false,
  ]).toEqual([false, [], 0, 0, 0, false, false, false, false]);
  const seen = (await ben.history.query({})).records.map(({ id }) => id);
  expect(seen).toEqual(ben.ids.toReversed());
  expect((await ben.history.query({ filter: { case: made.id } })).total).toBe(0);
  expect(
    (await ben.history.findNear(record.picture.perceptualHash, 64, 'none')).every((near) =>
      ben.ids.includes(near.record.id),
    ),
  ).toBe(true);
  expect([ben.history.count(), await ben.cases.list(), await ben.history.heldBack(), events]).toEqual([4, [], [], []]);
  expect(await ben.history.deleteFilter({})).toBe(4);
  expect([ann.history.count(), (await ann.cases.list()).length]).toEqual([3, 1]);
  expect(await ann.history.verify()).toMatchObject({ intact: true, tombstones: 4 });
});

it('keeps what packs saw until the last record of the content is gone, whoever has it', async () => {
  const { ann, ben, database } = await twoPeople();
  const store = createTeamEmbeddings(database.kysely, 'team', () => 'ben');
  const record = (await ann.history.get(ann.ids[0] ?? '')) as ResultRecord;
  const copy = generatedRecord(99, { picture: record.picture });
  await ben.history.append(copy, {});
  const key = { content: record.picture.sha256, encoder: 'e', preprocessing: 'p' };
  const seen = { views: 1, vectors: Float32Array.of(0.5, 0.25), provider: 'cpu', companion: '1' };
  store.keep(key, seen);
  store.keep({ ...key, content: 'f'.repeat(64) }, seen);
  await store.settled();
  expect(await store.find(key)).toEqual(seen);
  expect(await store.usage()).toMatchObject({ count: 1, bytes: 4 });
  await ann.history.deleteIds([record.id]);
  expect(await store.find(key)).toEqual(seen);
  await ben.history.deleteIds([copy.id]);
  expect(await store.find(key)).toBeUndefined();
});

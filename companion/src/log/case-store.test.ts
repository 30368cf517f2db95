import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type HistoryFilter, MAX_CASE_RECORDS, MAX_CASES, type ResultRecord } from '@touchstone/shared';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LogEvent } from '../store/record-store.ts';
import { openHistory } from './create-result-log.ts';
import { generatedRecord } from './fixtures/generated-records.ts';
import { pagesOf, ruinPage } from './fixtures/ruin-pages.ts';

async function opened(records: readonly ResultRecord[] = many(6)) {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-cases-'));
  const path = join(folder, 'history.sqlite');
  let history = openHistory(path);
  onTestFinished(async () => {
    history.log.close();
    await rm(folder, { recursive: true, force: true });
  });
  for (const record of records) history.log.append(record, {});
  const ids = records.map(({ id }) => id);
  const rows = (table: string): number => {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      return Number(database.prepare(`SELECT count(*) AS total FROM ${table}`).get()?.total);
    } finally {
      database.close();
    }
  };
  return {
    path,
    ids,
    rows,
    get log() {
      return history.log;
    },
    get cases() {
      return history.cases;
    },
    reopen() {
      history.log.close();
      history = openHistory(path);
    },
  };
}

function many(count: number, change: (index: number) => Partial<ResultRecord> = () => ({})): ResultRecord[] {
  return Array.from({ length: count }, (_, index) => generatedRecord(index, change(index)));
}

/** Records of two files, in turn. */
const twoFiles = (count: number): ResultRecord[] =>
  many(count, (index) => ({ picture: { ...generatedRecord(index).picture, sha256: `${index % 2}`.repeat(64) } }));

const fire = { name: 'Fire in the harbour', note: 'Three pictures of one night.', tags: ['harbour'] };

describe('cases', () => {
  it('are made, changed and deleted; their records stay', async () => {
    const { cases, log, ids } = await opened();
    const made = await cases.create(fire);
    expect(made).toMatchObject({ ...fire, records: 0 });
    await cases.add(made.id, { ids: ids.slice(0, 2) });
    const changed = await cases.change(made.id, { name: 'Fire', tags: [] });
    expect(changed).toMatchObject({ name: 'Fire', note: fire.note, tags: [], records: 2, createdAt: made.createdAt });
    expect(await cases.list()).toEqual([changed]);
    expect(await cases.delete(made.id)).toBe(true);
    expect(await cases.list()).toEqual([]);
    expect(log.count()).toBe(6);
    expect(log.get(ids[0] ?? '')).not.toHaveProperty('cases');
    expect([await cases.delete(made.id), await cases.change(made.id, {}), await cases.get(made.id)]).toEqual([
      false,
      undefined,
      undefined,
    ]);
  });

  it('hold a record once, and a record can be in several', async () => {
    const { cases, log, ids } = await opened();
    const [one, two] = [await cases.create(fire), await cases.create({ ...fire, name: 'Storm' })];
    expect(await cases.add(one.id, { ids: [ids[0] ?? '', ids[1] ?? '', 'nothing'] })).toMatchObject({ added: 2 });
    expect(await cases.add(one.id, { ids: [ids[1] ?? '', ids[2] ?? ''] })).toMatchObject({ added: 1 });
    await cases.add(two.id, { ids: [ids[1] ?? ''] });
    expect(log.get(ids[1] ?? '')?.cases).toEqual([
      { id: one.id, name: fire.name },
      { id: two.id, name: 'Storm' },
    ]);
    expect(await cases.take(one.id, { ids: [ids[1] ?? ''] })).toMatchObject({ taken: 1, case: { records: 2 } });
    expect(await cases.take(one.id, { ids: [ids[1] ?? ''] })).toMatchObject({ taken: 0 });
    expect(await cases.take('none', { ids })).toBeUndefined();
    expect(log.get(ids[1] ?? '')?.cases).toEqual([{ id: two.id, name: 'Storm' }]);
    expect(await cases.add('none', { ids })).toBeUndefined();
  });

  it('let every check go that matches, or only those of the files of some, and leave others alone', async () => {
    const { cases, log, ids } = await opened(twoFiles(6));
    const { id } = await cases.create(fire);
    const inCase = () => log.query({ filter: { case: id } }).records.map((record) => record.id);
    await cases.add(id, { ids });
    // The first check of a file stands in no case any more, and a file that is in none has nothing to lose.
    const first = { search: 'number 0', case: id };
    expect(await cases.take(id, { filter: first, sameAs: [ids[1] ?? ''] })).toMatchObject({ taken: 0 });
    expect(await cases.take(id, { filter: first })).toMatchObject({ taken: 1 });
    expect(await cases.take(id, { filter: {}, sameAs: [ids[2] ?? '', 'nothing'] })).toMatchObject({ taken: 2 });
    expect(inCase()).toEqual([ids[5], ids[3], ids[1]]);
    expect(await cases.take(id, { filter: {} })).toMatchObject({ taken: 3, case: { records: 0 } });
    expect([log.count(), await cases.take('none', { filter: {} })]).toEqual([6, undefined]);
  });

  it('take of every file that matches a filter its newest check, as the list shows it', async () => {
    const { cases, log, ids } = await opened(twoFiles(6));
    const { id } = await cases.create(fire);
    expect(await cases.add(id, { filter: { search: 'harbour' } })).toMatchObject({ added: 2 });
    expect(log.query({ filter: { case: id } }).records.map((record) => record.id)).toEqual([ids[5], ids[4]]);
  });

  it('are as many, and as large, as they may be, and nothing of what is too much goes in', async () => {
    const { cases, log } = await opened(many(MAX_CASE_RECORDS + 1));
    const { id } = await cases.create(fire);
    await expect(cases.add(id, { filter: {} })).rejects.toMatchObject({ code: 'case-full' });
    expect(await cases.get(id)).toMatchObject({ records: 0 });
    expect(log.query({ filter: { case: id } }).total).toBe(0);
    for (let count = 1; count < MAX_CASES; count += 1) await cases.create({ ...fire, name: `Case ${count}` });
    await expect(cases.create(fire)).rejects.toMatchObject({ code: 'case-full' });
  });

  it('that were changed last come first, and each change is told once', async () => {
    const { cases, log, ids } = await opened();
    const events: LogEvent['type'][] = [];
    log.subscribe(({ type }) => events.push(type), new AbortController().signal);
    const [one, two] = [await cases.create(fire), await cases.create({ ...fire, name: 'Storm' })];
    await cases.add(one.id, { ids: [ids[0] ?? ''] });
    await cases.delete('none');
    await cases.annotate('none', { note: 'of nothing' });
    expect(events).toEqual(['cases', 'cases', 'cases']);
    expect((await cases.list()).map(({ id }) => id).toSorted()).toEqual([one.id, two.id].toSorted());
    const [first, second] = await cases.list();
    expect(first?.updatedAt).toBeGreaterThanOrEqual(second?.updatedAt ?? Number.NaN);
  });
});

describe('notes and tags of a record', () => {
  it('are read with it, changed one without the other, and taken back', async () => {
    const { cases, log, ids } = await opened();
    const [id = ''] = ids;
    expect(await cases.annotate(id, { note: 'Sent by a reader.', tags: ['mail', 'harbour'] })).toBe(true);
    expect(log.get(id)).toMatchObject({ note: 'Sent by a reader.', tags: ['harbour', 'mail'] });
    await cases.annotate(id, { tags: ['mail'] });
    expect(log.query({}).records.at(-1)).toMatchObject({ note: 'Sent by a reader.', tags: ['mail'] });
    expect(log.query({ groups: true }).records.at(-1)).toMatchObject({ tags: ['mail'] });
    await cases.annotate(id, { note: '', tags: [] });
    expect(log.get(id)).toEqual(generatedRecord(0, { id }));
    expect(await cases.annotate('nothing', { note: 'x' })).toBe(false);
  });

  it('change no hash: the log is intact, and holds the text that it held', async () => {
    const { cases, log, ids, path } = await opened();
    const bodies = (): unknown => {
      const database = new DatabaseSync(path, { readOnly: true });
      const rows = database.prepare('SELECT number, body FROM bodies ORDER BY number').all();
      database.close();
      return rows;
    };
    const before = bodies();
    const { id } = await cases.create(fire);
    await cases.add(id, { ids });
    await cases.annotate(ids[0] ?? '', { note: 'x', tags: ['y'] });
    expect(bodies()).toEqual(before);
    expect(await log.verify()).toMatchObject({ intact: true, records: 6, breaks: [] });
  });

  it('that come with a record are not written into its text', async () => {
    const { log } = await opened([]);
    const record = generatedRecord(1);
    log.append({ ...record, note: 'smuggled', tags: ['x'], cases: [{ id: 'c', name: 'C' }] }, {});
    expect(log.get(record.id)).toEqual(record);
    expect(await log.verify()).toMatchObject({ intact: true });
  });
});

describe('filters by case and tag', () => {
  it('are the same as filtering by hand, alone and with every other', async () => {
    const { cases, log, ids } = await opened(many(60));
    const { id } = await cases.create(fire);
    await cases.add(id, { ids: ids.filter((_, index) => index % 3 === 0) });
    for (const [index, record] of ids.entries()) {
      if (index % 2 === 0) await cases.annotate(record, { tags: index % 4 === 0 ? ['even', 'four'] : ['even'] });
    }
    const all = log.query({ limit: 100 }).records;
    const own: HistoryFilter[] = [
      { case: id },
      { tag: ['four'] },
      { tag: ['four', 'even'] },
      { case: id, tag: ['four'] },
    ];
    const others: HistoryFilter[] = [
      {},
      { verdict: ['fake'] },
      { search: 'harbour' },
      { search: 'number 12' },
      { kind: ['video-frame'] },
      { step: ['unclear'] },
      { from: all[30]?.at ?? 0 },
      { minProbability: 0.5 },
    ];
    for (const filed of own) {
      for (const other of others) {
        const filter = { ...filed, ...other };
        const within = new Set(log.query({ filter: other, limit: 100 }).records.map((record) => record.id));
        const expected = all.filter(
          (record) =>
            within.has(record.id) &&
            (filter.case === undefined || record.cases?.some((one) => one.id === filter.case)) &&
            (filter.tag === undefined || record.tags?.some((tag) => filter.tag?.includes(tag))),
        );
        const page = log.query({ filter, limit: 100 });
        const named = JSON.stringify(filter);
        expect(
          page.records.map((record) => record.id),
          named,
        ).toEqual(expected.map((record) => record.id));
        expect(page.total, named).toBe(expected.length);
        expect(log.query({ filter, groups: true, limit: 100 }).records, named).toHaveLength(expected.length);
        const sorted = log.sorted({ filter, sort: 'probability', limit: 100 });
        expect(new Set(sorted.records.map((record) => record.id)), named).toEqual(
          new Set(expected.map((one) => one.id)),
        );
      }
    }
    expect(log.facets().tags).toEqual([
      { value: 'even', count: 30 },
      { value: 'four', count: 15 },
    ]);
  });

  it('page through a case as through everything', async () => {
    const { cases, log, ids } = await opened(many(25));
    const { id } = await cases.create(fire);
    await cases.add(id, { ids });
    const seen: string[] = [];
    for (let before: string | null | undefined; before !== null; ) {
      const page = log.query({ filter: { case: id }, limit: 4, ...(before ? { before } : {}) });
      seen.push(...page.records.map((record) => record.id));
      before = page.next;
    }
    expect(seen).toEqual(ids.toReversed());
  });

  it('of a case that is not there, or of no tags, find nothing and delete nothing', async () => {
    const { log } = await opened();
    for (const filter of [{ case: 'none' }, { tag: [] }, { tag: ['none'] }]) {
      expect(log.query({ filter }).total).toBe(0);
      expect(await log.deleteFilter(filter)).toBe(0);
    }
    expect(log.count()).toBe(6);
  });
});

describe('what is deleted', () => {
  const FILED = ['case_records', 'record_tags', 'record_notes'];

  async function filled() {
    const made = await opened();
    const { id } = await made.cases.create(fire);
    await made.cases.add(id, { ids: made.ids });
    for (const record of made.ids) await made.cases.annotate(record, { note: 'a note', tags: ['a tag'] });
    return { ...made, id, log: made.log, cases: made.cases };
  }

  it.each<
    [string, (log: Awaited<ReturnType<typeof filled>>['log'], ids: readonly string[], id: string) => Promise<number>]
  >([
    ['one by one', (log, ids) => log.deleteIds(ids.slice(0, 2))],
    ['by a filter', (log) => log.deleteFilter({ to: generatedRecord(2).at })],
    ['by retention', (log) => log.prune(generatedRecord(2).at)],
    ['as the oldest', (log) => log.pruneOldest(2)],
  ])('takes along what stands beside it, and nothing else: %s', async (_, remove) => {
    const { log, cases, rows, ids, id } = await filled();
    expect(await remove(log, ids, id)).toBe(2);
    for (const table of FILED) expect([table, rows(table)]).toEqual([table, 4]);
    expect(await cases.get(id)).toMatchObject({ records: 4, note: fire.note });
  });

  it('by the filter of a case goes with all that is in it; the case stays, empty', async () => {
    const { log, cases, rows, ids, id } = await filled();
    await cases.take(id, { ids: [ids[0] ?? ''] });
    expect(await log.deleteFilter({ case: id })).toBe(5);
    expect([log.count(), (await cases.get(id))?.records]).toEqual([1, 0]);
    expect(FILED.map(rows)).toEqual([0, 1, 1]);
  });

  it('and can still be taken back counts nowhere, and comes back with all that stands beside it', async () => {
    const { log, cases, ids, id } = await filled();
    const { held } = await log.holdBack({ ids: ids.slice(0, 2) }, Date.now());
    expect([(await cases.get(id))?.records, log.facets().tags]).toEqual([4, [{ value: 'a tag', count: 4 }]]);
    expect(await cases.add(id, { ids: ids.slice(0, 1) })).toMatchObject({ added: 0 });
    expect(await cases.annotate(ids[0] ?? '', { note: 'of what nobody sees' })).toBe(false);
    await log.restore(held?.id ?? '');
    expect([(await cases.get(id))?.records, log.get(ids[0] ?? '')]).toMatchObject([
      6,
      { note: 'a note', tags: ['a tag'], cases: [{ id }] },
    ]);
  });

  it('as a whole takes the cases along, too', async () => {
    const { log, cases, rows } = await filled();
    await log.deleteFilter({});
    expect(await cases.list()).toEqual([]);
    expect([...FILED, 'cases'].map(rows)).toEqual([0, 0, 0, 0]);
  });
});

describe('a damaged history', () => {
  it.each(['records_verdict', 'record_tags', 'case_records'])(
    'keeps cases, tags and notes of what is saved: %s',
    async (table) => {
      const made = await opened(many(400));
      const { id } = await made.cases.create(fire);
      await made.cases.add(id, { ids: made.ids });
      for (const [index, record] of made.ids.entries())
        await made.cases.annotate(record, { note: `note ${index}`, tags: [`tag ${index}`, 'all'] });
      made.reopen();
      made.log.close();
      const pages = pagesOf(made.path, table);
      ruinPage(made.path, pages[Math.floor(pages.length / 2)] ?? 0);
      made.reopen();
      await made.log.checkPages(new AbortController().signal);
      expect(made.log.count()).toBe(400);
      expect(await made.cases.get(id)).toMatchObject({ ...fire, records: 400 });
      const notes = made.log.query({ filter: { case: id }, limit: 200 }).records.filter(({ note }) => note);
      expect(notes).toHaveLength(200);
      for (const record of notes) expect(record.note).toBe(`note ${made.ids.indexOf(record.id)}`);
      // Of the table whose page is ruined, what is on that page is lost and nothing else.
      const tagged = made.log.query({ filter: { tag: ['all'] } }).total;
      if (table === 'record_tags') expect(tagged).toBeGreaterThan(200);
      else expect(tagged).toBe(400);
      expect((await made.log.verify()).breaks).toEqual([]);
    },
    300_000,
  );
});

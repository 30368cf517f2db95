import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { HistoryFilter, ResultRecord } from '@touchstone/shared';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LogEvent } from '../store/record-store.ts';
import { createResultLog } from './create-result-log.ts';
import { fillLog } from './fixtures/fill-log.ts';
import { generatedRecord } from './fixtures/generated-records.ts';
import type { ResultLog } from './result-log.ts';

async function openLog(records: readonly ResultRecord[] = []) {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-log-'));
  const path = join(folder, 'data', 'history.sqlite');
  const warnings: string[] = [];
  const log = createResultLog(path, { onWarning: (message) => warnings.push(message) });
  onTestFinished(async () => {
    log.close();
    await rm(folder, { recursive: true, force: true });
  });
  for (const record of records) log.append(record, {});
  return { log, path, warnings };
}

function many(count: number, change: (index: number) => Partial<ResultRecord> = () => ({})): ResultRecord[] {
  return Array.from({ length: count }, (_, index) => generatedRecord(index, change(index)));
}

function about(index: number, title: string, url = `https://cdn.example/${index}.jpg`): Partial<ResultRecord> {
  return { source: { ...generatedRecord(index).source, pageTitle: title, url } };
}

describe('records', () => {
  it('come back as they went in, with their pictures', async () => {
    const { log } = await openLog();
    const record = generatedRecord(1, { label: 'real' });
    log.append(record, {
      thumbnail: Uint8Array.of(1, 2),
      original: Uint8Array.of(3),
      peaks: [Uint8Array.of(4), Uint8Array.of(5)],
    });
    expect(log.get(record.id)).toEqual(record);
    expect(log.thumbnail(record.id)).toEqual(Uint8Array.of(1, 2));
    expect(await log.original(record.id)).toEqual(Uint8Array.of(3));
    expect(log.peak(record.id, 1)).toEqual(Uint8Array.of(5));
    expect(log.peak(record.id, 2)).toBeUndefined();
    expect(log.get('nothing')).toBeUndefined();
    expect(log.thumbnail('nothing')).toBeUndefined();
    expect(log.count()).toBe(1);
  });

  it('survive closing and opening', async () => {
    const { log, path } = await openLog(many(3));
    log.close();
    const again = createResultLog(path);
    onTestFinished(() => again.close());
    expect(again.query({}).records.map(({ at }) => at)).toEqual(
      many(3)
        .toReversed()
        .map(({ at }) => at),
    );
  });

  it('are kept apart when many are accepted in one millisecond with nearly one id', async () => {
    const { log } = await openLog();
    const ids = Array.from({ length: 50 }, (_, index) => `01HF7YAT00AAAAAAAAAAAAAA${String(index).padStart(2, '0')}`);
    for (const id of ids) log.append(generatedRecord(0, { id }), {});
    expect(log.query({}).records.map(({ id }) => id)).toEqual(ids.toReversed());
  });

  it('cannot be written twice: the second is an error, the first stays', async () => {
    const record = generatedRecord(1);
    const { log } = await openLog([record]);
    expect(() => log.append({ ...record, provider: 'cuda' }, {})).toThrow(
      expect.objectContaining({ code: 'log-failed' }),
    );
    expect(log.get(record.id)?.provider).toBe('cpu');
    expect(log.count()).toBe(1);
  });
});

describe('pages', () => {
  it('walk through everything once, newest first', async () => {
    const { log } = await openLog(many(105));
    const seen: number[] = [];
    let before: string | null = null;
    do {
      const page = log.query({ limit: 20, ...(before ? { before } : {}) });
      expect(page.total).toBe(105);
      seen.push(...page.records.map(({ at }) => at));
      before = page.next;
    } while (before);
    expect(seen).toEqual(
      many(105)
        .map(({ at }) => at)
        .toReversed(),
    );
  });

  it('go on where they were when the last row seen was deleted', async () => {
    const { log } = await openLog(many(30));
    const { next, records } = log.query({ limit: 10 });
    await log.deleteIds([next ?? '']);
    const second = log.query({ limit: 1, before: next ?? '' });
    expect(second.records[0]?.at).toBe((records.at(-1)?.at ?? 0) - 30_000);
  });

  it('are the same as filtering by hand, for every filter and their combinations', async () => {
    const records = many(300, (index) =>
      index % 7 === 0 ? { label: 'fake' } : index % 11 === 0 ? { label: 'unsure' } : {},
    );
    const { log } = await openLog(records);
    const middle = records[150]?.at ?? 0;
    const filters: [HistoryFilter, (record: ResultRecord) => boolean][] = [
      [{}, () => true],
      [{ verdict: ['fake'] }, ({ verdict }) => verdict.value === 'fake'],
      [{ verdict: ['fake', 'uncertain'] }, ({ verdict }) => verdict.value !== 'real'],
      [{ verdict: [] }, () => false],
      [{ verdict: ['fake', 'real', 'uncertain'] }, () => true],
      [{ kind: ['video-frame'] }, ({ source }) => source.kind === 'video-frame'],
      [{ site: 'site-3.example' }, ({ source }) => source.pageUrl?.startsWith('https://site-3.example/') ?? false],
      [{ pack: 'thorough@1.0.0' }, ({ pack }) => pack.name === 'thorough'],
      [{ label: ['none'] }, ({ label }) => label === null],
      [{ label: ['fake', 'none'] }, ({ label }) => label === null || label === 'fake'],
      [{ label: ['fake', 'unsure'] }, ({ label }) => label !== null],
      [{ from: middle }, ({ at }) => at >= middle],
      [{ to: middle }, ({ at }) => at < middle],
      [{ from: middle, to: middle }, () => false],
      [{ search: 'photo-17' }, ({ source }) => /\W17/.test(`${source.url} ${source.pageUrl} ${source.pageTitle}`)],
      [
        { search: 'HARBOUR', verdict: ['fake'], from: middle, kind: ['image'], pack: 'quick@1.0.0', label: ['none'] },
        ({ verdict, at, source, pack, label }) =>
          verdict.value === 'fake' &&
          at >= middle &&
          source.kind === 'image' &&
          pack.name === 'quick' &&
          label === null,
      ],
    ];
    for (const [filter, matches] of filters) {
      const wanted = records
        .filter(matches)
        .map(({ at }) => at)
        .toReversed();
      const page = log.query({ filter, limit: 200 });
      expect([filter, page.records.map(({ at }) => at)]).toEqual([filter, wanted.slice(0, 200)]);
      expect([filter, page.total]).toEqual([filter, wanted.length]);
      expect([filter, [...log.iterate(filter)].map(({ at }) => at)]).toEqual([filter, wanted]);
    }
  });

  it('count no further than ten thousand and one', async () => {
    const { log: small, path } = await openLog();
    small.close();
    fillLog(path, 10_500);
    const log = createResultLog(path);
    onTestFinished(() => log.close());
    expect(log.query({}).total).toBe(10_001);
    expect(log.query({ filter: { search: 'harbour' } }).total).toBe(10_001);
    expect(log.count()).toBe(10_500);
  }, 300_000);

  it('list sites and packs with their numbers', async () => {
    const { log } = await openLog(
      many(30, (index) => (index < 3 ? { source: { kind: 'image', path: 'file', private: false } } : {})),
    );
    const { sites, packs } = log.facets();
    expect(sites.reduce((sum, { count }) => sum + count, 0)).toBe(27);
    expect(packs).toEqual([
      { value: 'quick@1.0.0', count: 20 },
      { value: 'thorough@1.0.0', count: 10 },
    ]);
  });
});

describe('search', () => {
  it('finds beginnings of words in address, title and file name, in any case and without accents', async () => {
    const { log } = await openLog([
      generatedRecord(0, about(0, 'Überschwemmung in Köln')),
      generatedRecord(1, about(1, 'صورة من الميناء')),
      generatedRecord(2, about(2, '', 'https://cdn.example/holiday_snapshot.webp')),
      generatedRecord(3, { source: { kind: 'image', path: 'file', fileName: 'IMG_2041.heif', private: false } }),
    ]);
    const found = (search: string) => log.query({ filter: { search } }).records.map(({ at }) => (at - 1.7e12) / 30_000);
    expect(found('uberschw')).toEqual([0]);
    expect(found('köln ÜBER')).toEqual([0]);
    expect(found('الميناء')).toEqual([1]);
    expect(found('snapsh')).toEqual([2]);
    expect(found('2041')).toEqual([3]);
    expect(found('snap köln')).toEqual([]);
    expect(found('   ')).toHaveLength(4);
  });

  it.each(['"', '*', 'a" OR "b', 'title:x', 'NEAR(a b)', "';--", '^a', '(', '\\', '{', '%', '\u0000', '💥'])(
    'takes %j as text, never as a query',
    async (search) => {
      const { log } = await openLog(many(3));
      expect(log.query({ filter: { search } }).records).toEqual([]);
    },
  );
});

describe('signs around a word', () => {
  it('do not change what it finds', async () => {
    const { log } = await openLog(many(3));
    for (const search of ['-harbour*', '"harbour', '(harb)', 'harbour:']) {
      expect(log.query({ filter: { search } }).total).toBe(3);
    }
  });
});

describe('duplicates', () => {
  it('are found exactly by bytes, pack and kind, newest first', async () => {
    const same = { picture: { ...generatedRecord(0).picture, sha256: 'a'.repeat(64) } };
    const { log } = await openLog([0, 1, 2].map((index) => generatedRecord(index * 3, same)));
    expect(log.findExact('a'.repeat(64), 'thorough@1.0.0', 'image')?.at).toBe(generatedRecord(6).at);
    expect(log.findExact('a'.repeat(64), 'quick@1.0.0', 'image')).toBeUndefined();
    expect(log.findExact('b'.repeat(64), 'thorough@1.0.0', 'image')).toBeUndefined();
  });

  it('are found nearly by perceptual hash, nearest first, other bytes only', async () => {
    const withHash = (index: number, perceptualHash: string, sha256 = String(index).repeat(64)) =>
      generatedRecord(index, { picture: { ...generatedRecord(index).picture, perceptualHash, sha256 } });
    const { log } = await openLog([
      withHash(1, '00000000000000ff'),
      withHash(2, '800000000000000f'),
      withHash(3, '000000000000000f', 'f'.repeat(64)),
      withHash(4, 'ffffffffffffffff'),
    ]);
    const near = (distance: number) =>
      log
        .findNear('000000000000000f', distance, 'f'.repeat(64))
        .map((match) => [match.record.picture.sha256[0], match.distance]);
    expect(near(8)).toEqual([
      ['2', 1],
      ['1', 4],
    ]);
    expect(near(1)).toEqual([['2', 1]]);
    expect(near(64)).toHaveLength(3);
    log.append(withHash(5, '000000000000000f'), {});
    expect(near(0)).toEqual([['5', 0]]);
    await log.deleteFilter({});
    expect(near(64)).toEqual([]);
  });
});

describe('changes', () => {
  it('are told to subscribers until they leave', async () => {
    const { log } = await openLog();
    const events: LogEvent[] = [];
    const leave = new AbortController();
    log.subscribe((event) => events.push(event), leave.signal);
    const [first, second] = many(2);
    if (!first || !second) throw new Error('no records');
    log.append(first, {});
    expect(log.setLabel(first.id, 'fake')).toBe(true);
    expect(log.setLabel('nothing', 'fake')).toBe(false);
    expect(log.get(first.id)?.label).toBe('fake');
    await log.deleteIds([first.id, 'nothing']);
    leave.abort();
    log.append(second, {});
    expect(events).toEqual([
      { type: 'record', record: first },
      { type: 'label', id: first.id, label: 'fake' },
      { type: 'deleted', ids: [first.id, 'nothing'] },
    ]);
  });

  it('delete by filter and by age, with pictures and search words', async () => {
    const records = many(100);
    const { log, path } = await openLog();
    for (const record of records) log.append(record, { thumbnail: Uint8Array.of(1) });
    expect(await log.deleteFilter({ verdict: ['fake'] })).toBe(20);
    expect(await log.prune(records[50]?.at ?? 0)).toBe(40);
    expect(await log.deleteFilter({ search: 'number 99' })).toBe(0);
    expect(await log.deleteFilter({ search: 'photo-98' })).toBe(
      log.query({ filter: { search: 'photo-98' } }).total + 2,
    );
    expect(log.query({ filter: { search: 'harbour' } }).total).toBe(38);
    expect(log.count()).toBe(38);
    const database = new DatabaseSync(path, { readOnly: true });
    expect(database.prepare('SELECT count(*) AS n FROM media').get()?.n).toBe(38);
    database.close();
    expect(await log.deleteFilter({})).toBe(38);
    expect(log.query({ filter: { search: 'harbour' } })).toEqual({ records: [], next: null, total: 0 });
    log.append(generatedRecord(1), {});
    expect(log.query({ filter: { search: 'harbour' } }).total).toBe(1);
    await log.deleteFilter({ search: 'harbour' });
    expect(log.query({ filter: { search: 'harbour' } }).total).toBe(0);
  });

  it.each([
    ['one', (log: ResultLog, ids: string[]) => log.deleteIds(ids)],
    ['all', (log: ResultLog) => log.deleteFilter({})],
    ['hundreds', (log: ResultLog) => log.deleteFilter({ kind: ['image'] })],
  ])('leave nothing of a deleted record in the files: %s', async (_, remove) => {
    const { log, path } = await openLog(many(300));
    const secret = generatedRecord(301, about(301, 'Zanzibar conspiracy'));
    const encode = (text: string) => new TextEncoder().encode(text);
    log.append(secret, { thumbnail: encode('THUMBNAIL-OF-A-SECRET'), peaks: [encode('PEAK-OF-A-SECRET')] });
    const traces = ['zanzibar', 'thumbnail-of-a-secret', 'peak-of-a-secret', secret.id.toLowerCase()];
    const folder = join(path, '..');
    const left = () => {
      const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1').toLowerCase());
      return traces.filter((trace) => files.some((text) => text.includes(trace)));
    };
    expect(left()).toEqual(traces);
    await remove(log, [secret.id]);
    expect(left()).toEqual([]);
  });
});

describe('the file', () => {
  it('and its folder are readable by their owner only', async () => {
    const { path } = await openLog(many(1));
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(join(path, '..'))) expect(statSync(join(path, '..', name)).mode & 0o777).toBe(0o600);
  });

  it('is set aside with a warning when it is damaged, and a new one begun', async () => {
    const { log, path } = await openLog(many(1));
    log.close();
    writeFileSync(path, 'this is not a database, whatever it was before'.repeat(100));
    const warnings: string[] = [];
    const again = createResultLog(path, { onWarning: (message) => warnings.push(message) });
    onTestFinished(() => again.close());
    expect(again.count()).toBe(0);
    expect(warnings).toEqual([expect.stringContaining('set aside')]);
    expect(readdirSync(join(path, '..')).filter((name) => name.includes('.damaged-'))).toHaveLength(1);
  });

  it('of a newer Touchstone is refused and left as it is', async () => {
    const { log, path } = await openLog(many(1));
    log.close();
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 999');
    database.close();
    expect(() => createResultLog(path)).toThrow(expect.objectContaining({ code: 'log-newer' }));
    expect(existsSync(path)).toBe(true);
  });

  it('with a damaged row shows all the others', async () => {
    const { log, path, warnings } = await openLog(many(3));
    const database = new DatabaseSync(path);
    database.exec("UPDATE bodies SET body = '{' WHERE number = (SELECT min(number) FROM bodies)");
    database.close();
    expect(log.query({}).records).toHaveLength(2);
    expect(warnings).toEqual([expect.stringContaining('damaged')]);
  });
});

describe('the page of an earlier check', () => {
  it('is told while that check is in the log, and goes with it', async () => {
    const { log, path } = await openLog();
    const earlier = generatedRecord(1, {
      source: { kind: 'image', path: 'file', pageUrl: 'https://zanzibar.example/a', private: false },
    });
    const { id: recordId, at } = earlier;
    const seenBefore = { recordId, at, verdict: 'fake', distance: 0, exact: true } as const;
    const later = generatedRecord(2, { seenBefore: { ...seenBefore, pageUrl: 'https://zanzibar.example/a' } });
    log.append(earlier, {});
    log.append(later, {});
    expect(log.get(later.id)).toEqual(later);
    await log.deleteIds([recordId]);
    expect(log.get(later.id)).toEqual({ ...later, seenBefore });
    for (const name of readdirSync(join(path, '..'))) {
      expect(readFileSync(join(path, '..', name), 'latin1').toLowerCase()).not.toContain('zanzibar');
    }
    expect(await log.verify()).toMatchObject({ intact: true, records: 1, tombstones: 1 });
  });
});

import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { generatedRecord } from './fixtures/generated-records.ts';
import { pagesOf, ruinPage } from './fixtures/ruin-pages.ts';
import { temporaryLog } from './fixtures/temporary-log.ts';

const COUNT = 400;

describe('a damaged page', () => {
  it.each(['bodies', 'records', 'chain', 'media', 'records_verdict', 'sqlite_autoindex_records_1', 'words_data'])(
    'of %s loses what is on it and nothing else, and is called damage',
    async (table) => {
      const { path, reopen, warnings, records } = await temporaryLog(COUNT);
      const log = reopen();
      log.close();
      const pages = pagesOf(path, table);
      ruinPage(path, pages[Math.floor(pages.length / 2)] ?? 0);
      const again = reopen();
      expect(await again.checkPages(new AbortController().signal)).toBe(false);
      expect(warnings).toEqual([
        expect.stringMatching(/damaged and set aside as .*\.damaged-\d+; \d+ records were saved/),
      ]);
      const outcome = await again.verify();
      expect(outcome.breaks).toEqual([]);
      expect(outcome).toMatchObject({ intact: false, damages: [{ at: expect.any(Number) }] });
      const [damage] = outcome.damages;
      expect(again.count() + (damage?.lost ?? Number.NaN)).toBe(COUNT);
      expect(outcome.records).toBe(again.count());
      expect(again.count()).toBeGreaterThan(COUNT * 0.9);
      // What is left is what was written, to the byte.
      for (const record of records) {
        const left = again.get(record.id);
        if (left) expect(left).toEqual(record);
      }
      again.append(generatedRecord(COUNT + 1), {});
      expect(again.query({ filter: { search: 'harbour' } }).total).toBe(again.count());
      expect((await again.verify()).breaks).toEqual([]);
      expect(await again.checkPages(new AbortController().signal)).toBe(true);
    },
    300_000,
  );

  it('of the full-text index without which it cannot be opened is met at the start and repaired', async () => {
    const { path, reopen, warnings, records } = await temporaryLog(COUNT);
    reopen().close();
    ruinPage(path, pagesOf(path, 'words_config')[0] ?? 0);
    const log = reopen();
    expect(warnings).toEqual([expect.stringMatching(`${COUNT} records were saved`)]);
    expect(log.query({ filter: { search: 'harbour' } }).total).toBe(COUNT);
    expect([...log.iterate({})]).toHaveLength(records.length);
    expect((await log.verify()).breaks).toEqual([]);
  }, 300_000);

  it('that a statement meets is repaired, and the answer given all the same', async () => {
    const { path, reopen, id } = await temporaryLog(COUNT);
    reopen().close();
    const pages = pagesOf(path, 'bodies');
    ruinPage(path, pages[Math.floor(pages.length / 2)] ?? 0);
    const log = reopen();
    const { records, total } = log.query({ filter: { search: 'harbour' }, limit: 200 });
    expect([records.length, total]).toEqual([200, log.count()]);
    let before: string | undefined;
    let seen = 0;
    do {
      const page = log.query({ limit: 50, ...(before === undefined ? {} : { before }) });
      seen += page.records.length;
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(seen).toBe(log.count());
    expect(seen).toBeLessThan(COUNT);
    expect(log.get(id(0))).toBeDefined();
    expect(await log.verify()).toMatchObject({ breaks: [], damages: [{ lost: COUNT - seen }] });
  }, 300_000);

  it('keeps labels, pictures, tombstones and records from before the chain', async () => {
    const { log, path, reopen, id, forge } = await temporaryLog(COUNT);
    log.setLabel(id(1), 'fake');
    await log.deleteIds([id(2), id(3)]);
    reopen().close();
    forge('UPDATE chain SET number = (SELECT number FROM chain WHERE link = 1) WHERE link = 0');
    const [page = 0] = pagesOf(path, 'records_verdict').slice(-1);
    ruinPage(path, page);
    const again = reopen();
    await again.checkPages(new AbortController().signal);
    expect(again.get(id(1))?.label).toBe('fake');
    expect(again.thumbnail(id(1))).toEqual(Uint8Array.of(1));
    expect(await again.verify()).toMatchObject({
      records: COUNT - 2,
      tombstones: 2,
      breaks: [],
      damages: [{ lost: 0, altered: 0, chainedAnew: 0 }],
    });
  }, 300_000);

  it('twice gives two notes', async () => {
    const { path, reopen } = await temporaryLog(COUNT);
    for (let round = 0; round < 2; round += 1) {
      reopen().close();
      const pages = pagesOf(path, 'bodies');
      ruinPage(path, pages[Math.floor(pages.length / 2)] ?? 0);
      await reopen().checkPages(new AbortController().signal);
    }
    const { breaks, damages, records } = await reopen().verify();
    expect(breaks).toEqual([]);
    expect(damages).toHaveLength(2);
    expect(records + damages.reduce((sum, { lost }) => sum + (lost ?? 0), 0)).toBe(COUNT);
  }, 300_000);
});

describe('a file that is no database any more', () => {
  it('is set aside for its owner alone, and the fresh chain says that nobody knows what is lost', async () => {
    const { log, path, reopen, warnings } = await temporaryLog(3);
    log.close();
    writeFileSync(path, 'this is not a database, whatever it was before'.repeat(100));
    const again = reopen();
    expect(again.count()).toBe(0);
    expect(warnings).toEqual([expect.stringContaining('set aside')]);
    const aside = readdirSync(dirname(path)).filter((name) => name.includes('.damaged-'));
    expect(aside).toHaveLength(1);
    expect(statSync(`${dirname(path)}/${aside[0]}`).mode & 0o777).toBe(0o600);
    expect(readFileSync(`${dirname(path)}/${aside[0]}`, 'latin1')).toContain('this is not a database');
    again.append(generatedRecord(9), {});
    expect(await again.verify()).toMatchObject({ intact: false, records: 1, breaks: [], damages: [{ lost: null }] });
  });

  it('with a write-ahead log beside it loses no record that only lies there', async () => {
    const { path, reopen, records, warnings } = await temporaryLog(30);
    // Another reader keeps the write-ahead log from being emptied.
    const reader = new DatabaseSync(path);
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM records').get();
    const log = reopen();
    log.append(generatedRecord(40), {});
    log.close();
    reader.exec('COMMIT');
    const pages = pagesOf(path, 'records_site');
    reader.close();
    ruinPage(path, pages[0] ?? 0);
    const again = reopen();
    await again.checkPages(new AbortController().signal);
    expect(warnings).toHaveLength(1);
    expect(again.count()).toBe(records.length + 1);
  });
});

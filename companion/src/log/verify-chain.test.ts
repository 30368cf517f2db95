import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ResultRecord } from '@touchstone/shared';
import { describe, expect, it, onTestFinished } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { createResultLog } from './create-result-log.ts';
import { generatedRecord } from './fixtures/generated-records.ts';

async function openLog(count: number) {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-chain-'));
  const path = join(folder, 'history.sqlite');
  const log = createResultLog(path);
  onTestFinished(async () => {
    log.close();
    await rm(folder, { recursive: true, force: true });
  });
  const records = Array.from({ length: count }, (_, index) => generatedRecord(index));
  for (const record of records) log.append(record, { thumbnail: Uint8Array.of(1) });
  /** Changes the file behind the log's back, as a forger with any SQLite program would. */
  const forge = (sql: string): void => {
    const database = new DatabaseSync(path);
    database.exec(sql);
    database.close();
  };
  const id = (index: number): string => records[index]?.id ?? '';
  return { log, path, records, forge, id };
}

const numberOf = (id: string) => `(SELECT number FROM records WHERE id = '${id}')`;
const linkOf = (id: string) => `(SELECT link FROM records WHERE id = '${id}')`;

describe('an untouched log', () => {
  it('is intact, and its head can be computed from the delivered records alone', async () => {
    const { log, records } = await openLog(30);
    let head: Uint8Array = new Uint8Array(32);
    for (const { label: _, ...record } of records) {
      const digest = createHash('sha256').update(canonicalJson(record)).digest();
      head = createHash('sha256').update(head).update(digest).digest();
    }
    const hex = Buffer.from(head).toString('hex');
    expect(await log.verify()).toEqual({
      intact: true,
      records: 30,
      heldBack: 0,
      tombstones: 0,
      unchained: 0,
      head: hex,
      damages: [],
      breaks: [],
    });
    expect(log.chainLink(records.at(-1)?.id ?? '')).toMatchObject({ position: 30, hash: hex });
    expect(log.chainLink('nothing')).toBeUndefined();
  });

  it('without any record is intact and has no head', async () => {
    const { log } = await openLog(0);
    expect(await log.verify()).toMatchObject({ intact: true, records: 0, head: null });
  });

  it('stays intact when records are labelled, deleted one by one, by filter, by age, and all', async () => {
    const { log, records, id } = await openLog(60);
    const before = await log.verify();
    log.setLabel(id(3), 'fake');
    await log.deleteIds([id(7), id(8), id(59)]);
    expect(await log.verify()).toEqual({ ...before, records: 57, tombstones: 3 });
    await log.deleteFilter({ verdict: ['fake'] });
    await log.prune(records[20]?.at ?? 0);
    const { records: left, tombstones } = await log.verify();
    expect([left, left + tombstones]).toEqual([log.count(), 60]);
    await log.deleteFilter({});
    expect(await log.verify()).toEqual({ ...before, records: 0, tombstones: 60 });
    log.append(generatedRecord(99), {});
    expect(await log.verify({ notedHead: before.head ?? '' })).toMatchObject({
      intact: true,
      records: 1,
      tombstones: 60,
      notedHeadFound: true,
    });
  });

  it('stays intact across closing and opening', async () => {
    const { log, path } = await openLog(5);
    const { head } = await log.verify();
    log.close();
    const again = createResultLog(path);
    onTestFinished(() => again.close());
    again.append(generatedRecord(6), {});
    expect(await again.verify({ notedHead: head ?? '' })).toMatchObject({ intact: true, records: 6 });
  });
});

describe('a forged log', () => {
  const forgeries: [name: string, sql: (id: (index: number) => string) => string, problem: string][] = [
    [
      'an edited verdict in the record',
      (id) =>
        `UPDATE bodies SET body = replace(body, '"value":"real"', '"value":"fake"') WHERE number = ${numberOf(id(1))}`,
      'edited',
    ],
    [
      'a changed white space in the record',
      (id) => `UPDATE bodies SET body = body || ' ' WHERE number = ${numberOf(id(1))}`,
      'edited',
    ],
    ['an edited column of the lists', (id) => `UPDATE records SET verdict = 'fake' WHERE id = '${id(1)}'`, 'edited'],
    [
      'an edited text of the search',
      (id) => `UPDATE bodies SET title = 'another' WHERE number = ${numberOf(id(1))}`,
      'edited',
    ],
    ['no record any more', (id) => `UPDATE bodies SET body = '{' WHERE number = ${numberOf(id(1))}`, 'unreadable'],
    ['an edited digest', (id) => `UPDATE chain SET digest = zeroblob(32) WHERE link = ${linkOf(id(1))}`, 'edited'],
    [
      'another record in its place',
      (id) =>
        `CREATE TEMP TABLE one AS SELECT body FROM bodies WHERE number = ${numberOf(id(2))};
         UPDATE bodies SET body = (SELECT body FROM one) WHERE number = ${numberOf(id(1))}`,
      'reordered',
    ],
  ];
  it.each(forgeries)('shows %s', async (_, sql, problem) => {
    const { log, forge, id } = await openLog(10);
    forge(sql(id));
    expect(await log.verify()).toMatchObject({ intact: false, breaks: [{ id: id(1), problem }] });
  });

  it('shows a record that was deleted past the log, and when it was made', async () => {
    const { log, forge, records, id } = await openLog(10);
    forge(`PRAGMA foreign_keys = ON; DELETE FROM records WHERE id = '${id(4)}'`);
    const time = new Date(records[4]?.at ?? 0).toISOString();
    expect(await log.verify()).toMatchObject({
      intact: false,
      records: 9,
      breaks: [{ id: `link 5, checked ${time}`, problem: 'missing' }],
    });
  });

  it('shows a record that was deleted with its link', async () => {
    const { log, forge, id } = await openLog(10);
    forge(`DELETE FROM chain WHERE link = 5; DELETE FROM records WHERE id = '${id(4)}'`);
    expect(await log.verify()).toMatchObject({ intact: false, breaks: [{ id: 'link 5', problem: 'missing' }] });
  });

  it('shows two records that changed places, links and all', async () => {
    const { log, forge, id } = await openLog(10);
    forge(`UPDATE chain SET link = 1004 WHERE link = 4; UPDATE chain SET link = 4 WHERE link = 5;
      UPDATE chain SET link = 5 WHERE link = 1004;
      UPDATE records SET link = 5 WHERE id = '${id(3)}'; UPDATE records SET link = 4 WHERE id = '${id(4)}';`);
    const { intact, breaks } = await log.verify();
    expect(intact).toBe(false);
    expect(breaks.slice(0, 2)).toEqual([
      { id: id(4), problem: 'reordered' },
      { id: id(3), problem: 'reordered' },
    ]);
  });

  it('shows a record that was rewritten with its own link, by the link after it', async () => {
    const { log, forge, id, records } = await openLog(10);
    const { label: _, ...record } = { ...records[4], provider: 'forged' } as ResultRecord;
    const text = canonicalJson(record);
    const digest = createHash('sha256').update(text).digest();
    const before = Buffer.from(log.chainLink(id(3))?.hash ?? '', 'hex');
    const hash = createHash('sha256').update(before).update(digest).digest('hex');
    forge(`UPDATE bodies SET body = '${text}' WHERE number = ${numberOf(id(4))};
      UPDATE chain SET digest = x'${digest.toString('hex')}', hash = x'${hash}' WHERE link = 5;`);
    expect(await log.verify()).toMatchObject({ intact: false, breaks: [{ id: id(5), problem: 'edited' }] });
  });

  it('shows a record that was put in past the chain', async () => {
    const { log, forge, id } = await openLog(3);
    forge(`INSERT INTO records SELECT number + 1, 'forged', verdict, kind, site, pack, label, sha256, perceptual_hash, NULL, owner, probability
      FROM records WHERE id = '${id(1)}'`);
    expect(await log.verify()).toMatchObject({ intact: false, breaks: [{ id: 'forged', problem: 'edited' }] });
  });

  it('cut short at its end is noticed by a head that was noted earlier, and only so', async () => {
    const { log, forge, id } = await openLog(10);
    const { head } = await log.verify();
    forge(`DELETE FROM chain WHERE link > 7; DELETE FROM bodies WHERE number >= ${numberOf(id(7))};
      DELETE FROM records WHERE number >= ${numberOf(id(7))}`);
    expect(await log.verify()).toMatchObject({ intact: true, records: 7 });
    expect(await log.verify({ notedHead: head ?? '' })).toMatchObject({ intact: false, notedHeadFound: false });
  });

  it('names at most twenty breaks', async () => {
    const { log, forge } = await openLog(50);
    forge('UPDATE chain SET hash = zeroblob(32) WHERE link > 0');
    const { intact, breaks } = await log.verify();
    expect([intact, breaks.length]).toEqual([false, 20]);
  });
});

describe('a log from before the chain', () => {
  it('is taken over: its records are counted as unchained, new ones are chained', async () => {
    const { log, path, forge } = await openLog(5);
    log.close();
    forge(
      'DROP VIEW shown; DROP TABLE held; DROP TABLE deletions; DROP TABLE case_records; DROP TABLE record_tags; DROP TABLE record_notes; DROP TABLE cases; DROP TRIGGER embeddings_unneeded; DROP TABLE embeddings; DROP TABLE chain; DROP TABLE peaks; DROP TABLE damages; DROP TABLE jobs; DROP TABLE job_requests; DROP TABLE contents; DROP TABLE webhook_messages; DROP TABLE webhooks; DROP INDEX records_probability; DROP INDEX bodies_leaning; ALTER TABLE bodies DROP COLUMN leaning; ALTER TABLE records DROP COLUMN probability; ALTER TABLE records DROP COLUMN link; ALTER TABLE records DROP COLUMN owner; PRAGMA user_version = 1;',
    );
    const migrated = createResultLog(path);
    onTestFinished(() => migrated.close());
    migrated.append(generatedRecord(6), {});
    expect(await migrated.verify()).toMatchObject({ intact: true, records: 1, unchained: 5, breaks: [] });
    await migrated.deleteFilter({ to: generatedRecord(2).at });
    expect(await migrated.verify()).toMatchObject({ intact: true, records: 1, unchained: 3, tombstones: 0 });
  });
});

describe('verification', () => {
  it('gives way to other work all along, and stops when it is cancelled or the log is closed', async () => {
    const { log } = await openLog(1_000);
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    });
    const { records } = await log.verify();
    clearInterval(timer);
    expect(records).toBe(1_000);
    expect(turns).toBeGreaterThan(2);
    const stop = new AbortController();
    const cancelled = log.verify({ signal: stop.signal });
    stop.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    const interrupted = log.verify();
    log.close();
    await expect(interrupted).rejects.toMatchObject({ code: 'shutting-down' });
  });
});

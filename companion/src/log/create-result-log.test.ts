import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ResultRecord } from '@touchstone/shared';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeHeldDeletions } from '../store/fixtures/held-deletions-conformance.ts';
import { describeHistory, type HistoryUnderTest } from '../store/fixtures/history-conformance.ts';
import type { ToDelete } from '../store/held-deletions.ts';
import { createResultLog } from './create-result-log.ts';
import { fillLog } from './fixtures/fill-log.ts';
import { generatedRecord } from './fixtures/generated-records.ts';
import { historyOf } from './log-history.ts';
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

async function historyUnderTest(): Promise<HistoryUnderTest> {
  const { log, path } = await openLog();
  const reopened = () => {
    const again = createResultLog(path);
    onTestFinished(() => again.close());
    return historyOf(again);
  };
  return { history: historyOf(log), reopen: async () => reopened() };
}

describeHistory('SQLite', historyUnderTest);
describeHeldDeletions('SQLite', historyUnderTest);

async function heldThenOut(log: ResultLog, what: ToDelete): Promise<void> {
  const { held } = await log.holdBack(what, Date.now());
  await log.carryOut(held?.id ?? '');
}

describe('the tables', () => {
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

  it.each([
    ['one', (log: ResultLog, ids: string[]) => log.deleteIds(ids)],
    ['all', (log: ResultLog) => log.deleteFilter({})],
    ['hundreds', (log: ResultLog) => log.deleteFilter({ kind: ['image'] })],
    ['one, held back first', (log: ResultLog, ids: string[]) => heldThenOut(log, { ids })],
    ['hundreds, held back first', (log: ResultLog) => heldThenOut(log, { filter: { kind: ['image'] } })],
    [
      'all, one of them held back',
      async (log: ResultLog, ids: string[]) => {
        await log.holdBack({ ids }, Date.now());
        await log.deleteFilter({});
      },
    ],
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

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { openFolderContentStore } from '../store/folder/folder-content-store.ts';
import { pruneToSize } from '../store/prune-to-size.ts';
import { openHistory } from './create-result-log.ts';
import { generatedRecord } from './fixtures/generated-records.ts';
import { pagesOf, ruinPage } from './fixtures/ruin-pages.ts';
import { temporaryLog } from './fixtures/temporary-log.ts';

/** Files whose statements change, save, check or count records whether somebody may see them or not. */
const WHOLE_TABLE = [
  'deletions.ts',
  'embedding-table.ts',
  'held-back.ts',
  'log-store.ts',
  'migrations.ts',
  'near-duplicates.ts',
  'readable-records.ts',
  'record-writer.ts',
  'salvage-deletions.ts',
  'verify-chain.ts',
];

it('whatever reads records for somebody reads the view without those that are held back', () => {
  const reading = readdirSync(import.meta.dirname).filter((name) => {
    if (!name.endsWith('.ts') || name.endsWith('.test.ts')) return false;
    return /\b(FROM|JOIN) records\b/.test(readFileSync(join(import.meta.dirname, name), 'utf8'));
  });
  expect(reading).toEqual(WHOLE_TABLE);
});

it('a damaged history is saved with its deletions: what a person deleted does not come back', async () => {
  const { log, path, reopen, id } = await temporaryLog(300);
  const { held } = await log.holdBack({ ids: [id(10), id(200)] }, Date.now() + 60_000);
  log.close();
  const pages = pagesOf(path, 'records_verdict');
  ruinPage(path, pages[0] ?? 0);
  const again = reopen();
  expect(await again.checkPages(new AbortController().signal)).toBe(false);
  expect([again.get(id(10)), again.get(id(200)), again.count()]).toEqual([undefined, undefined, 298]);
  expect(again.heldBack()).toEqual([{ ...held, count: 2 }]);
  expect(again.restore(held?.id ?? '')).toBe(2);
  expect(again.get(id(10))?.id).toBe(id(10));
  expect((await again.verify()).breaks).toEqual([]);
}, 300_000);

async function withOriginals(count: number) {
  const home = await temporaryFolder();
  const content = await openFolderContentStore(join(home, 'content'));
  const { history, contents } = openHistory(join(home, 'history.sqlite'), { content });
  onTestFinished(() => history.close());
  const records = Array.from({ length: count }, (_, index) => generatedRecord(index));
  for (const [index, record] of records.entries()) {
    const kept = await contents.hold(new Uint8Array(200_000).fill(index));
    await history.append(record, { content: kept.sha256 });
    await kept.release();
  }
  const files = () =>
    readdirSync(join(home, 'content'), { recursive: true, withFileTypes: true }).filter((file) => file.isFile()).length;
  return { history, records, files };
}

it('a kept original stays as long as its deletion can be taken back, and goes with it', async () => {
  const { history, records, files } = await withOriginals(3);
  const ids = [records[1]?.id ?? ''];
  const first = await history.holdBack({ ids }, Date.now());
  expect([files(), await history.original(ids[0] ?? '')]).toEqual([3, undefined]);
  await history.restore(first.held?.id ?? '');
  expect((await history.original(ids[0] ?? ''))?.length).toBe(200_000);
  const second = await history.holdBack({ ids }, Date.now());
  await history.carryOut(second.held?.id ?? '');
  expect(files()).toBe(2);
});

it('room is made by what a person has deleted before anything else goes', async () => {
  const { history, records } = await withOriginals(10);
  const full = await history.bytes();
  await history.holdBack({ ids: records.slice(5).map(({ id }) => id) }, Date.now() + 60_000);
  expect(await pruneToSize(history, full - 500_000)).toBe(0);
  expect([history.count(), (await history.heldBack()).length]).toEqual([5, 0]);
});

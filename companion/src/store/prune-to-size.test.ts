import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { openHistory } from '../log/create-result-log.ts';
import { generatedRecord } from '../log/fixtures/generated-records.ts';
import { openFolderContentStore } from './folder/folder-content-store.ts';
import { pruneToSize } from './prune-to-size.ts';

const PICTURE_BYTES = 200_000;
const COUNT = 40;

it('deletes the oldest with their originals until the rest fits, and leaves content that waits for a check', async () => {
  const home = await temporaryFolder();
  const content = await openFolderContentStore(join(home, 'content'));
  const { history, contents, log } = openHistory(join(home, 'history.sqlite'), { content });
  const empty = await history.bytes();
  const records = Array.from({ length: COUNT }, (_, index) => generatedRecord(index));
  for (const record of records) {
    const held = await contents.hold(randomBytes(PICTURE_BYTES));
    await history.append(record, { content: held.sha256 });
    await held.release();
  }
  const waiting = await contents.hold(randomBytes(100 * PICTURE_BYTES));
  const full = await history.bytes();
  // What a check waits for belongs to no record: deleting records would not make it smaller.
  expect(full).toBeLessThan(empty + 2 * COUNT * PICTURE_BYTES);
  const limit = empty + (COUNT / 2) * PICTURE_BYTES;
  const deleted = await pruneToSize(history, limit);
  expect(await history.bytes()).toBeLessThanOrEqual(limit);
  expect(await history.bytes()).toBeGreaterThan(limit - 3 * PICTURE_BYTES);
  expect([...log.iterate({})].map(({ id }) => id)).toEqual(
    records
      .slice(deleted)
      .map(({ id }) => id)
      .toReversed(),
  );
  const left: string[] = [];
  for await (const sha256 of content.list()) left.push(sha256);
  expect(left).toHaveLength(COUNT - deleted + 1);
  expect(await contents.size(waiting.sha256)).toBe(100 * PICTURE_BYTES);
  expect(await history.verify()).toMatchObject({ intact: true, tombstones: deleted });
  expect(await pruneToSize(history, limit)).toBe(0);
  expect(await pruneToSize(history, 0)).toBe(COUNT - deleted);
  await history.close();
});

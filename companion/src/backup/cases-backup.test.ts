import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { openHistory } from '../log/create-result-log.ts';
import { backUp } from './back-up.ts';
import { filledFolder } from './fixtures/filled-folder.ts';
import { restoreBackup } from './restore-backup.ts';

const signal = new AbortController().signal;

it('a backup restores cases with their records, tags and notes', async () => {
  const { home, records } = await filledFolder();
  const id = records[1]?.id ?? '';
  const before = openHistory(join(home, 'history.sqlite'));
  const made = await before.cases.create({ name: 'Fire', note: 'of last night', tags: ['harbour'] });
  await before.cases.add(made.id, { ids: [id] });
  await before.cases.annotate(id, { note: 'Sent by a reader.', tags: ['mail'] });
  const kept = [await before.cases.list(), before.log.get(id)];
  before.log.close();
  const { folder } = await backUp({ home, into: join(await temporaryFolder(), 'backups'), signal });
  const other = await temporaryFolder();
  await restoreBackup({ home: other, from: folder, signal });
  const after = openHistory(join(other, 'history.sqlite'));
  expect([await after.cases.list(), after.log.get(id)]).toEqual(kept);
  expect(after.log.query({ filter: { case: made.id } }).total).toBe(1);
  after.log.close();
});

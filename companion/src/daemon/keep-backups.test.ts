import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it, onTestFinished, vi } from 'vitest';
import { backupsIn } from '../backup/backup-folders.ts';
import { filledFolder } from '../backup/fixtures/filled-folder.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { startTestCompanion, temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { createNotices } from '../notices/notices.ts';
import { keepBackups } from './keep-backups.ts';

const HOUR = 60 * 60_000;
const WAIT = { timeout: 120_000 };

it('a companion backs itself up, and what it made can be restored', async () => {
  const into = join(await temporaryFolder(), 'backups');
  const { home, companion } = await startTestCompanion({ backups: { into, everyHours: 24, keep: 2 } });
  const [made] = await vi.waitFor(async () => {
    const found = await backupsIn(into);
    expect(found).toHaveLength(1);
    return found;
  }, WAIT);
  await companion.stop();
  await restoreBackup({ home, from: made?.folder ?? '', signal: new AbortController().signal });
});

it('makes one when the newest is old enough, keeps as many as it should, and names one that failed until one succeeds', async () => {
  const { home } = await filledFolder(1);
  const parent = await temporaryFolder();
  const into = join(parent, 'backups');
  const notices = createNotices(() => {});
  const end = new AbortController();
  onTestFinished(() => end.abort());
  let now = Date.UTC(2026, 0, 1);
  const rooms = { home, notices, logger: pino({ level: 'silent' }), now: () => now, lookEveryMs: 5 };
  // A file in the way.
  await writeFile(into, '');
  void keepBackups({ into, everyHours: 24, keep: 2 }, rooms, end.signal);
  await vi.waitFor(() => expect(notices.list()).toMatchObject([{ code: 'backup-failed' }]), WAIT);
  await rm(into);
  const numbers = async () => (await backupsIn(into)).map(({ manifest }) => manifest.number);
  await vi.waitFor(async () => expect(await numbers()).toEqual([1]), WAIT);
  await vi.waitFor(() => expect(notices.list()).toEqual([]), WAIT);
  for (const [hours, expected] of [
    [23, [1]],
    [1, [1, 2]],
    [24, [2, 3]],
    // The clock was set back: the newest seems to be of the future.
    [-400, [3, 4]],
  ] as const) {
    now += hours * HOUR;
    await vi.waitFor(async () => expect(await numbers()).toEqual(expected), WAIT);
  }
});

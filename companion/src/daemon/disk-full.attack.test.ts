import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { createNotices } from '../notices/notices.ts';
import { openDaemonLog } from './daemon-log.ts';

/** Opens the log files on a disk that is full from the start: the system's own, which takes nothing. */
async function onFullDisk() {
  const folder = join(await temporaryFolder(), 'logs');
  mkdirSync(folder);
  const said: string[] = [];
  const notices = createNotices((text) => said.push(text));
  const log = await openDaemonLog(folder, notices, { retryMs: 0 });
  // The file is opened beside everything else.
  const name = await vi.waitFor(() => {
    const [first] = readdirSync(folder);
    if (first === undefined) throw new Error('no log file yet');
    return first;
  }, 300_000);
  return { folder, file: join(folder, name), said, notices, log };
}

describe.skipIf(!existsSync('/dev/full'))('attack: fill the disk', () => {
  it('end the companion by a log file that takes no line', async () => {
    const { file, said, notices, log } = await onFullDisk();
    // The file is opened anew when it rolls over: a five-megabyte log leads the stream to the device.
    rmSync(file);
    symlinkSync('/dev/full', file.replace('1.log', '2.log'));
    for (let line = 0; line < 6_000; line += 1) log.logger.info({ padding: 'x'.repeat(1_000) }, `line ${line}`);
    await vi.waitFor(
      async () => {
        log.logger.info('one more');
        await wait(5);
        expect(notices.list()).toMatchObject([{ code: 'disk-full' }]);
      },
      { timeout: 300_000 },
    );
    for (let line = 0; line < 20; line += 1) {
      log.logger.info('and more');
      await wait(2);
    }
    expect(said).toHaveLength(1);
    await log.close();
  });

  it('keep the companion from starting by a folder of log files that cannot be made', async () => {
    const home = await temporaryFolder();
    symlinkSync('/dev/full', join(home, 'logs'));
    const notices = createNotices(() => {});
    const log = await openDaemonLog(join(home, 'logs'), notices);
    log.logger.info('nobody hears this');
    expect(notices.list()).toHaveLength(1);
    await log.close();
  });

  it('end the log files for good by a disk that was full for a while', async () => {
    const { folder, notices, log } = await onFullDisk();
    notices.raise('disk-full', 'log files', 'as if it had been');
    log.logger.info('space is back');
    await vi.waitFor(() => expect(notices.list()).toEqual([]), 300_000);
    await log.close();
    const text = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('');
    expect(text).toContain('space is back');
  });
});

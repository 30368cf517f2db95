import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { filledFolder } from '../backup/fixtures/filled-folder.ts';
import { startTestCompanion, temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { jsonLines, runTouchstone } from './fixtures/run-touchstone.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

describe('touchstone backup and restore', { timeout: 300_000 }, () => {
  it('copy a data folder and bring it back', async () => {
    const { home } = await filledFolder();
    const into = join(await temporaryFolder(), 'backups');
    const made = await runTouchstone(['backup', into, '--keep', '2', '--json'], { home });
    expect([made.code, made.stderr]).toEqual([0, '']);
    const [{ folder } = {}] = jsonLines(made.stdout);
    await rm(join(home, 'history.sqlite'));
    const back = await runTouchstone(['restore', String(folder)], { home });
    expect([back.code, back.stdout]).toEqual([0, expect.stringContaining('Restored 3 records')]);
    const verified = await runTouchstone(['history', 'verify'], { home });
    expect([verified.code, verified.stdout]).toEqual([0, expect.stringContaining('intact: 3 records')]);
  });

  it('back up beside a running companion, and restore not before it has ended', async () => {
    const { home, control } = await startTestCompanion();
    await control('/api/check', { method: 'POST', body: 'a picture' });
    const into = join(await temporaryFolder(), 'backups');
    const [{ folder, records } = {}] = jsonLines((await runTouchstone(['backup', into, '--json'], { home })).stdout);
    expect(records).toBe(1);
    const refused = await runTouchstone(['restore', String(folder)], { home });
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('(folder-in-use: ')]);
    expect((await control('/api/status')).status).toBe(200);
  });

  it('leave nothing half done where the disk is full', async () => {
    const { home } = await filledFolder();
    const into = join(await temporaryFolder(), 'backups');
    // Blocks of 512 bytes: less than an empty log has.
    const limited = ['ulimit -f 60; exec "$@"', 'sh', process.execPath, '--disable-warning=ExperimentalWarning'];
    const { status, stderr } = spawnSync('sh', ['-c', ...limited, main, 'backup', into], {
      encoding: 'utf8',
      env: { ...process.env, TOUCHSTONE_HOME: home, NO_COLOR: '1' },
    });
    expect([status, stderr]).toEqual([2, expect.stringMatching(/\((disk-full|log-failed|backup-failed): /)]);
    expect(readdirSync(into)).toEqual([]);
  });

  it('say that there is nothing to back up', async () => {
    const home = join(await temporaryFolder(), 'none');
    const { code, stderr } = await runTouchstone(['backup', join(home, '..', 'backups')], { home });
    expect([code, stderr]).toEqual([2, expect.stringContaining('(backup-failed: ')]);
    expect(existsSync(home)).toBe(false);
  });
});

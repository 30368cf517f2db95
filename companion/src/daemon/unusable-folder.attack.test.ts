import { chmod, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { toErrorReport } from '@touchstone/shared';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { createTestPipeline } from '../gateway/fixtures/test-pipeline.ts';
import { transaction } from '../log/deletions.ts';
import { folderTrouble } from '../settings/folder-trouble.ts';
import { lockFolder } from './folder-lock.ts';
import { startCompanion } from './start-companion.ts';
import type { StartOptions } from './start-contract.ts';

async function start(home: string, more: Partial<StartOptions> = {}) {
  const result = await startCompanion({
    home,
    port: 0,
    signal: new AbortController().signal,
    packFolders: [],
    createPipeline: async (options) => createTestPipeline(options),
    ...more,
  });
  if (result.outcome === 'started') onTestFinished(() => result.companion.stop());
  return result;
}

/** In words for a person, not the system's. */
const inWords = (path: string) => expect.stringMatching(new RegExp(`^${path}\\S*: (?!\\w*Error)[a-z]`));

describe('attack: a data folder that cannot be used', () => {
  test('end the companion with a riddle where nothing can be made', async () => {
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    // Nobody, root neither, makes a folder there.
    const places = [file, join(file, 'below'), ...(process.platform === 'linux' ? ['/sys/touchstone'] : [])];
    for (const home of places) {
      await expect(start(home)).rejects.toMatchObject({ code: 'folder-unusable', detail: inWords(home) });
    }
  });

  test('end the companion with a riddle, or keep it from ever starting again, by a full disk', async () => {
    const home = await temporaryFolder();
    const full = async () => {
      throw Object.assign(new Error('write'), { code: 'ENOSPC' });
    };
    const failing = start(home, { createPipeline: full });
    await expect(failing).rejects.toMatchObject({ code: 'folder-unusable', detail: inWords(home) });
    const lock = lockFolder(home);
    expect(lock).toBeDefined();
    lock?.release();
    expect((await start(home)).outcome).toBe('started');
  });

  test('hide that the disk is full behind an error of the database', async () => {
    const database = new DatabaseSync(join(await temporaryFolder(), 'small.sqlite'));
    onTestFinished(() => database.close());
    database.exec('CREATE TABLE t (bytes BLOB); PRAGMA max_page_count = 4');
    const fill = () => transaction(database, () => database.exec('INSERT INTO t VALUES (zeroblob(100000))'));
    expect(fill).toThrow('full');
    try {
      fill();
    } catch (error) {
      expect(folderTrouble('/home', error)).toMatchObject({
        code: 'folder-unusable',
        detail: expect.stringContaining('disk'),
      });
    }
    expect(database.isTransaction).toBe(false);
  });

  test('hide that the disk is full where SQLite has rolled back by itself', async () => {
    const database = new DatabaseSync(':memory:');
    onTestFinished(() => database.close());
    const work = () => {
      database.exec('ROLLBACK');
      throw new Error('database or disk is full');
    };
    expect(() => transaction(database, work)).toThrow('disk is full');
  });

  test.each(['logs', 'spool', 'redirects'])(
    'make the companion write or delete elsewhere by a link called %s',
    async (name) => {
      const home = await temporaryFolder();
      const precious = await temporaryFolder();
      await writeFile(join(precious, '00000000-0000-4000-8000-000000000000'), 'mine');
      await symlink(precious, join(home, name));
      await expect(start(home)).rejects.toMatchObject({
        code: 'folder-unusable',
        detail: expect.stringContaining(name),
      });
      expect(await readdir(precious)).toHaveLength(1);
    },
  );

  test('keep the companion from starting by a folder in spool, or have it deleted', async () => {
    const home = await temporaryFolder();
    await mkdir(join(home, 'spool', 'holiday'), { recursive: true });
    expect((await start(home)).outcome).toBe('started');
    expect(await readdir(join(home, 'spool'))).toEqual(['holiday']);
  });

  test('have a log written into another file by a link in the folder of logs', async () => {
    const home = await temporaryFolder();
    const precious = join(await temporaryFolder(), 'precious');
    await writeFile(precious, '', { mode: 0o644 });
    await chmod(precious, 0o644);
    await mkdir(join(home, 'logs'));
    for (const number of [1, 2]) await symlink(precious, join(home, 'logs', `companion.${number}.log`));
    expect((await start(home)).outcome).toBe('started');
    const facts = await stat(precious);
    expect([facts.size, facts.mode & 0o777]).toEqual([0, 0o644]);
  });

  test('read paths of the person in what a page is told of it', () => {
    const report = toErrorReport(
      folderTrouble('/home/alice/secret', Object.assign(new Error('x'), { code: 'EACCES' })),
    );
    expect(JSON.stringify(report)).not.toContain('alice');
  });
});

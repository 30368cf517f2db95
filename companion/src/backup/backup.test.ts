import { readdirSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startTestCompanion, temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { openHistory } from '../log/create-result-log.ts';
import { openFolderContentStore } from '../store/folder/folder-content-store.ts';
import { backUp } from './back-up.ts';
import { CONTENT_FOLDER, HISTORY_FILE, KEPT_FILES, KEPT_FOLDERS, LEFT_OUT } from './backup-contents.ts';
import { partialName, rotate } from './backup-folders.ts';
import { finishRestore } from './finish-restore.ts';
import { filledFolder, ORIGINAL } from './fixtures/filled-folder.ts';
import { MANIFEST_FILE, readManifest } from './manifest.ts';
import { restoreBackup } from './restore-backup.ts';

const signal = new AbortController().signal;
const into = async (): Promise<string> => join(await temporaryFolder(), 'backups');

/** Paths of files below a folder with their modes. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

describe('a backup', () => {
  it('restores into another folder what the first one held', async () => {
    const { home, original, records } = await filledFolder();
    const { folder, manifest } = await backUp({ home, into: await into(), signal });
    expect(manifest).toMatchObject({ number: 1, records: 3, waiting: 0, missing: 0 });
    expect(filesIn(folder)).toEqual([
      `content/${original.slice(0, 2)}/${original}`,
      'history.sqlite',
      'manifest.json',
      'packs/mine/pack.json',
      'settings.json',
      'trust/signers.pem',
    ]);
    const other = await temporaryFolder();
    await restoreBackup({ home: other, from: folder, signal });
    expect(filesIn(other)).toEqual(filesIn(folder).filter((name) => name !== MANIFEST_FILE));
    const content = await openFolderContentStore(join(other, 'content'));
    const { log } = openHistory(join(other, 'history.sqlite'), { content });
    expect(await log.verify({ notedHead: manifest.head ?? '' })).toMatchObject({
      intact: true,
      records: 3,
      notedHeadFound: true,
    });
    expect(records.map(({ id }) => log.get(id))).toEqual(records);
    expect(await log.original(records[0]?.id ?? '')).toEqual(ORIGINAL);
    log.close();
  });

  it('is for its owner alone', async () => {
    const { home } = await filledFolder();
    const { folder } = await backUp({ home, into: await into(), signal });
    for (const name of filesIn(folder)) expect((await stat(join(folder, name))).mode & 0o777, name).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('links what an earlier one holds already, and copies what was spoiled there', async () => {
    const { home, original } = await filledFolder();
    const all = await into();
    const path = `content/${original.slice(0, 2)}/${original}`;
    const [first, second] = [await backUp({ home, into: all, signal }), await backUp({ home, into: all, signal })];
    const places = await Promise.all([first, second].map(({ folder }) => stat(join(folder, path))));
    expect(places[0]?.ino).toBe(places[1]?.ino);
    expect(second.manifest.number).toBe(2);
    await writeFile(join(second.folder, path), 'what a failing disk leaves');
    const third = await backUp({ home, into: all, signal });
    expect(new Uint8Array(await readFile(join(third.folder, path)))).toEqual(ORIGINAL);
  });

  it('counts what its records need and is gone or spoiled, and holds no such bytes', async () => {
    const { home, original } = await filledFolder();
    const path = `content/${original.slice(0, 2)}/${original}`;
    await writeFile(join(home, path), 'something else');
    const { folder, manifest } = await backUp({ home, into: await into(), signal });
    expect([manifest.missing, filesIn(folder).includes(path)]).toEqual([1, false]);
  });

  it('knows every file that a companion leaves in its folder', async () => {
    const { home, companion, control } = await startTestCompanion();
    await control('/api/settings', { method: 'PATCH', body: JSON.stringify({ keepOriginals: true }) });
    await control('/api/check', { method: 'POST', body: 'a picture' });
    await control('/api/tokens', { method: 'POST', body: JSON.stringify({ name: 'a', scopes: ['read'], days: 1 }) });
    const running = await readdir(home);
    await companion.stop();
    const known: readonly string[] = [...KEPT_FILES, ...KEPT_FOLDERS, HISTORY_FILE, CONTENT_FOLDER, ...LEFT_OUT];
    expect([...running, ...(await readdir(home))].filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('a folder of backups', () => {
  it('keeps the newest by their number, whatever the clock says, and touches nothing else', async () => {
    const { home } = await filledFolder(1);
    const all = await into();
    // A clock that runs backwards.
    for (const at of [4, 3, 2, 1]) await backUp({ home, into: all, signal, now: () => at * 1_000_000_000_000 });
    await mkdir(join(all, 'holiday'));
    await mkdir(join(all, 'touchstone-000000-20200101T000000Z'));
    expect(await rotate(all, 2)).toHaveLength(2);
    const left = (await readdir(all)).sort();
    expect(left.filter((name) => name.startsWith('touchstone-'))).toEqual([
      'touchstone-000000-20200101T000000Z',
      expect.stringMatching(/^touchstone-000003-/),
      expect.stringMatching(/^touchstone-000004-/),
    ]);
    expect(left).toContain('holiday');
  });

  it('is freed from what a killed process left, and of nothing that another one is at', async () => {
    const { home } = await filledFolder(1);
    const all = await into();
    const [dead, alive] = [partialName(2 ** 30, '00000000'), partialName(process.ppid, '00000000')];
    for (const name of [dead, alive]) await mkdir(join(all, name), { recursive: true });
    await backUp({ home, into: all, signal });
    const names = await readdir(all);
    expect([names.includes(dead), names.includes(alive)]).toEqual([false, true]);
  });

  it('holds nothing of a backup that was cancelled', async () => {
    const { home } = await filledFolder(1);
    const all = await into();
    const cancelled = backUp({ home, into: all, signal: AbortSignal.abort() });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readdir(all)).toEqual([]);
  });

  it('does not lie in the data folder, nor where nothing can be written', async () => {
    const { home } = await filledFolder(1);
    for (const place of [home, join(home, 'mine')]) {
      const code = { code: 'backup-failed', detail: expect.stringContaining('would be lost with it') };
      await expect(backUp({ home, into: place, signal })).rejects.toMatchObject(code);
    }
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    await expect(backUp({ home, into: file, signal })).rejects.toMatchObject({ code: 'backup-failed' });
  });
});

describe('a restore', () => {
  it('keeps aside what was there', async () => {
    const { home } = await filledFolder();
    const { folder } = await backUp({ home, into: await into(), signal });
    await writeFile(join(home, 'settings.json'), '{"recordingPaused":true}\n');
    await rm(join(home, 'history.sqlite'));
    await writeFile(join(home, 'note.txt'), 'mine');
    const { aside } = await restoreBackup({ home, from: folder, signal });
    expect(await readFile(join(aside, 'settings.json'), 'utf8')).toContain('recordingPaused');
    expect(await readFile(join(aside, 'note.txt'), 'utf8')).toBe('mine');
    expect(await readFile(join(home, 'settings.json'), 'utf8')).toContain('keepOriginals');
    expect((await readdir(home)).filter((name) => /restor/.test(name))).toEqual([aside.slice(home.length + 1)]);
  });

  it.each([
    ['an unfinished backup', (folder: string) => rm(join(folder, MANIFEST_FILE))],
    ['a file that was changed', (folder: string) => appendFile(join(folder, 'settings.json'), ' ')],
    ['a file that is gone', (folder: string) => rm(join(folder, 'trust', 'signers.pem'))],
    ['a manifest that is none', (folder: string) => writeFile(join(folder, MANIFEST_FILE), '[]')],
  ])('refuses %s and changes nothing', async (_, spoil) => {
    const { home } = await filledFolder();
    const { folder } = await backUp({ home, into: await into(), signal });
    await spoil(folder);
    const before = filesIn(home);
    await expect(restoreBackup({ home, from: folder, signal })).rejects.toMatchObject({ code: 'backup-damaged' });
    expect(filesIn(home)).toEqual(before);
  });

  it('refuses a backup of a newer Touchstone', async () => {
    const { home } = await filledFolder(1);
    const { folder } = await backUp({ home, into: await into(), signal });
    const manifest = { ...(await readManifest(folder)), tables: 10_000 };
    await writeFile(join(folder, MANIFEST_FILE), JSON.stringify(manifest));
    await expect(restoreBackup({ home, from: folder, signal })).rejects.toMatchObject({ code: 'log-newer' });
  });

  it.each(['aside', 'in'])(
    'is brought to its end by the next start where a crash cut it in the phase "%s"',
    async (phase) => {
      const home = await temporaryFolder();
      const aside = 'before-restore-20260101T000000Z';
      const [old, staged] = [join(home, aside), join(home, 'restoring')];
      for (const folder of [old, staged]) await mkdir(folder);
      // Half of each has moved.
      await writeFile(join(old, 'settings.json'), 'old');
      await writeFile(join(staged, 'browsers.json'), 'new');
      await writeFile(join(phase === 'aside' ? staged : home, 'settings.json'), 'new');
      if (phase === 'aside') await writeFile(join(home, 'browsers.json'), 'old');
      await writeFile(join(home, 'restore.json'), JSON.stringify({ phase, aside }));
      expect(await finishRestore(home)).toBe(old);
      for (const name of ['settings.json', 'browsers.json']) {
        expect(await readFile(join(home, name), 'utf8')).toBe('new');
      }
      expect((await readdir(home)).sort()).toEqual([aside, 'browsers.json', 'settings.json']);
      expect(await finishRestore(home)).toBeUndefined();
    },
  );
});

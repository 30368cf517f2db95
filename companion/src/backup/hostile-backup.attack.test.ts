import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { backUp } from './back-up.ts';
import { ACCESS_FILES } from './backup-contents.ts';
import { filledFolder } from './fixtures/filled-folder.ts';
import { type BackupManifest, MANIFEST_FILE, readManifest } from './manifest.ts';
import { restoreBackup } from './restore-backup.ts';

const signal = new AbortController().signal;

async function backupOf(home: string): Promise<string> {
  return (await backUp({ home, into: join(await temporaryFolder(), 'backups'), signal })).folder;
}

async function change(folder: string, edit: (manifest: BackupManifest) => unknown): Promise<void> {
  await writeFile(join(folder, MANIFEST_FILE), JSON.stringify(edit(await readManifest(folder))));
}

describe('attack: a backup that somebody else made', () => {
  test.each([
    '../outside.txt',
    'packs/../../outside.txt',
    '/etc/outside',
    'C:\\outside',
    'packs\\..\\..\\outside',
    'packs//pack.json',
    'control.json',
    'companion.lock',
    'restore.json',
    'logs/companion.1.log',
    'packs',
  ])('have a file written that no backup holds: %s', async (path) => {
    const { home } = await filledFolder(1);
    const folder = await backupOf(home);
    await change(folder, (manifest) => ({ ...manifest, files: [{ path, bytes: 0, sha256: '0'.repeat(64) }] }));
    const before = await readdir(home);
    await expect(restoreBackup({ home, from: folder, signal })).rejects.toMatchObject({ code: 'backup-damaged' });
    expect(await readdir(home)).toEqual(before);
  });

  test('have a file of the person copied through a link', async () => {
    const { home } = await filledFolder(1);
    const folder = await backupOf(home);
    const secret = join(await temporaryFolder(), 'secret');
    await writeFile(secret, 'mine');
    await symlink(secret, join(folder, 'trust', 'stolen.pem'));
    const stolen = { path: 'trust/stolen.pem', bytes: 4, sha256: '0'.repeat(64) };
    await change(folder, (manifest) => ({ ...manifest, files: [stolen] }));
    await expect(restoreBackup({ home, from: folder, signal })).rejects.toMatchObject({ code: 'backup-damaged' });
  });

  test('come in by their own pairings and tokens, once a person has restored it', async () => {
    const [{ home: theirs }, { home }] = await Promise.all([filledFolder(1), filledFolder(1)]);
    for (const name of ACCESS_FILES) await writeFile(join(theirs, name), 'theirs');
    await writeFile(join(home, 'tokens.json'), 'mine');
    const folder = await backupOf(theirs);
    await restoreBackup({ home, from: folder, signal });
    expect(await readFile(join(home, 'tokens.json'), 'utf8')).toBe('mine');
    expect(await readdir(home)).not.toContain('browsers.json');
    // On a person's word, as in their own backup.
    await restoreBackup({ home, from: folder, withAccess: true, signal });
    for (const name of ACCESS_FILES) expect(await readFile(join(home, name), 'utf8')).toBe('theirs');
  });

  test('have rotation remove a folder of the person, by its name', async () => {
    const { home } = await filledFolder(1);
    const into = await temporaryFolder();
    const named = join(into, 'touchstone-000009-20260101T000000Z');
    await mkdir(named);
    await writeFile(join(named, 'letter.txt'), 'mine');
    const { rotate } = await import('./backup-folders.ts');
    for (let round = 0; round < 2; round += 1) await backUp({ home, into, signal });
    await rotate(into, 1);
    expect(await readFile(join(named, 'letter.txt'), 'utf8')).toBe('mine');
  });
});

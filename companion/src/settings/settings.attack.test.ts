import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompanionSettings } from '@touchstone/shared';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openBrowsers } from './browser-store.ts';
import { prepareDataFolder } from './data-folder.ts';
import { refuseForeignFiles } from './foreign-files.ts';
import { writePrivateFile } from './private-file.ts';
import { openSettings } from './settings-store.ts';

async function folderOf(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-settings-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

async function opened(folder: string): Promise<{ settings: CompanionSettings; warnings: string[] }> {
  const warnings: string[] = [];
  const store = await openSettings(folder, (message) => void warnings.push(message));
  return { settings: store.current(), warnings };
}

const strict = { recordingPaused: true, keepThumbnails: false, keepOriginals: false, retentionDays: null };

const careful = `${JSON.stringify({ recordingPaused: true, retentionDays: 1, keepThumbnails: false }, null, 2)}\n`;

/** Sets the umask for one test; other tests of this file wait for it. */
function withUmask(mask: number): void {
  const before = process.umask(mask);
  onTestFinished(() => void process.umask(before));
}

describe('attack: settings.json', () => {
  test('turn recording back on by cutting the settings file anywhere', async () => {
    for (let length = 0; length < careful.length - 2; length += 1) {
      const folder = await folderOf({ 'settings.json': careful.slice(0, length) });
      const { settings, warnings } = await opened(folder);
      expect([length, settings]).toEqual([length, expect.objectContaining(strict)]);
      expect(warnings).toEqual([expect.stringContaining('Recording is paused')]);
    }
  });

  test('turn recording back on by damaging the settings file and waiting for the start after the next', async () => {
    const folder = await folderOf({ 'settings.json': '\0'.repeat(careful.length) });
    await opened(folder);
    const { settings, warnings } = await opened(folder);
    expect(settings).toMatchObject(strict);
    expect(warnings).toEqual([]);
  });

  test('turn recording back on by one setting that no version knows', async () => {
    for (const wrong of ['{"recordingPaused":"yes"}', '{"recordingPaused":true,"retentionDays":1e999}', '[]', 'null']) {
      const { settings } = await opened(await folderOf({ 'settings.json': wrong }));
      expect([wrong, settings.recordingPaused]).toEqual([wrong, true]);
    }
  });

  test('have the damaged file itself vanish, so that nobody can see what it said', async () => {
    const folder = await folderOf({ 'settings.json': careful.slice(0, -5) });
    await opened(folder);
    const aside = (await readdir(folder)).find((name) => name.includes('.damaged-'));
    expect(await readFile(join(folder, aside ?? ''), 'utf8')).toBe(careful.slice(0, -5));
    expect((await stat(join(folder, aside ?? ''))).mode & 0o777).toBe(0o600);
  });

  test('start with defaults by putting a folder or a link in its place', async () => {
    const inPlace = await folderOf();
    await mkdir(join(inPlace, 'settings.json'));
    await expect(opened(inPlace)).rejects.toMatchObject({
      code: 'folder-unusable',
      detail: expect.stringContaining('move it away'),
    });
    const linked = await folderOf({ elsewhere: '{}' });
    await symlink(join(linked, 'elsewhere'), join(linked, 'settings.json'));
    await expect(opened(linked)).rejects.toMatchObject({
      code: 'folder-unusable',
      detail: expect.stringContaining('link'),
    });
  });

  test('pair a browser by damaging the file of paired browsers', async () => {
    const folder = await folderOf({ 'browsers.json': '{"browsers":[{"id":"mine"' });
    const warnings: string[] = [];
    const browsers = await openBrowsers(folder, (message) => void warnings.push(message));
    expect(browsers.list()).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('No browser is paired now')]);
  });
});

describe('attack: files of the data folder', () => {
  test('read files through a loose umask', async () => {
    withUmask(0);
    const folder = join(await folderOf(), 'a', 'b');
    prepareDataFolder(folder);
    await writePrivateFile(join(folder, 'file'), 'secret');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, '..'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'file'))).mode & 0o777).toBe(0o600);
  });

  test('lock the owner out of their own files through a tight umask', async () => {
    withUmask(0o777);
    const folder = join(await folderOf(), 'a');
    prepareDataFolder(folder);
    await writePrivateFile(join(folder, 'file'), 'secret');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'file'))).mode & 0o777).toBe(0o600);
  });

  test('have another file overwritten through a link under the name of one of ours', async () => {
    const folder = await folderOf({ precious: 'mine' });
    await symlink(join(folder, 'precious'), join(folder, 'control.json'));
    await writePrivateFile(join(folder, 'control.json'), 'token');
    expect(await readFile(join(folder, 'precious'), 'utf8')).toBe('mine');
    expect((await lstat(join(folder, 'control.json'))).isSymbolicLink()).toBe(false);
  });

  test.each([
    'control.json',
    'settings.json',
    'browsers.json',
    'history.sqlite',
    'history.sqlite-wal',
    'logs',
    'spool',
  ])('lead the companion elsewhere by a link called %s', async (name) => {
    const folder = await folderOf({ precious: 'mine' });
    await symlink(join(folder, 'precious'), join(folder, name));
    expect(() => refuseForeignFiles(folder)).toThrow(
      expect.objectContaining({ code: 'folder-unusable', detail: expect.stringContaining(name) }),
    );
  });

  test('put another data folder in place of the real one where every user may write', async () => {
    const shared = await folderOf();
    await chmod(shared, 0o777);
    expect(() => prepareDataFolder(join(shared, 'home'))).toThrow(
      expect.objectContaining({ code: 'folder-unusable', detail: expect.stringContaining(shared) }),
    );
    await chmod(shared, 0o1777);
    expect(() => prepareDataFolder(join(shared, 'home'))).not.toThrow();
  });

  test('learn nothing from the error but "something went wrong" where the folder is a file', async () => {
    const folder = await folderOf({ file: '' });
    for (const path of [join(folder, 'file'), join(folder, 'file', 'below')]) {
      expect(() => prepareDataFolder(path)).toThrow(
        expect.objectContaining({ code: 'folder-unusable', detail: expect.stringMatching(/file|folder/) }),
      );
    }
  });
});

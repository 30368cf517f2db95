import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MAX_BROWSERS, openBrowsers, type StoredBrowser } from './browser-store.ts';
import { dataFolder, prepareDataFolder } from './data-folder.ts';
import { writePrivateFile } from './private-file.ts';
import { openSettings } from './settings-store.ts';

async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'touchstone-settings-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const warnings: string[] = [];
  return { folder, warnings, warn: (message: string) => void warnings.push(message) };
}

function browser(id: string, pairedAt = 1): StoredBrowser {
  const origin = `chrome-extension://${'a'.repeat(32)}`;
  return { id, name: 'Test', origin, secret: 'A'.repeat(43), pairedAt, lastSeenAt: null };
}

describe('data folder', () => {
  it('is TOUCHSTONE_HOME, else the platform’s own', () => {
    expect(dataFolder({ TOUCHSTONE_HOME: '/somewhere/else' })).toBe('/somewhere/else');
    expect(dataFolder({})).toMatch(/touchstone/i);
  });

  it('is closed to other users', async () => {
    const { folder } = await temporaryFolder();
    const inside = join(folder, 'a', 'b');
    prepareDataFolder(inside);
    expect((await stat(inside)).mode & 0o777).toBe(0o700);
  });
});

describe('settings.json', () => {
  it('starts with the defaults and keeps changes, readable by the owner only', async () => {
    const { folder, warn, warnings } = await temporaryFolder();
    const settings = await openSettings(folder, warn);
    expect(settings.current()).toMatchObject({ recordingPaused: false, retentionDays: null, keepThumbnails: true });
    await settings.update({ retentionDays: 30 });
    expect((await openSettings(folder, warn)).current().retentionDays).toBe(30);
    expect((await stat(join(folder, 'settings.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['settings.json']);
    expect(warnings).toEqual([]);
  });

  it('takes effect before it is written, and the last of many changes stays', async () => {
    const { folder, warn } = await temporaryFolder();
    const settings = await openSettings(folder, warn);
    const heard: (number | null)[] = [];
    const leave = new AbortController();
    settings.subscribe(({ retentionDays }) => heard.push(retentionDays), leave.signal);
    const writes = Array.from({ length: 20 }, (_, index) => settings.update({ retentionDays: index + 1 }));
    expect(settings.current().retentionDays).toBe(20);
    await Promise.all(writes);
    expect(JSON.parse(await readFile(join(folder, 'settings.json'), 'utf8'))).toMatchObject({ retentionDays: 20 });
    leave.abort();
    await settings.update({ retentionDays: null });
    expect(heard).toHaveLength(20);
  });

  it.each(['{', '"text"', '{"retentionDays":"soon"}', 'null', ''])(
    'is set aside and pauses recording when it is damaged: %s',
    async (text) => {
      const { folder, warn, warnings } = await temporaryFolder();
      await writeFile(join(folder, 'settings.json'), text);
      const settings = await openSettings(folder, warn);
      expect(settings.current()).toMatchObject({ recordingPaused: true, keepThumbnails: false });
      expect(warnings).toEqual([expect.stringContaining('set aside')]);
      const [, aside = ''] = (await readdir(folder)).toSorted();
      expect(await readFile(join(folder, aside), 'utf8')).toBe(text);
    },
  );
});

describe('browsers.json', () => {
  it('keeps paired browsers and forgets revoked ones', async () => {
    const { folder, warn } = await temporaryFolder();
    const browsers = await openBrowsers(folder, warn);
    await browsers.add(browser('one'));
    await browsers.add(browser('two'));
    await browsers.seen('two', 5);
    expect(await browsers.remove('one')).toBe(true);
    expect(await browsers.remove('one')).toBe(false);
    const again = await openBrowsers(folder, warn);
    expect(again.list()).toEqual([{ ...browser('two'), lastSeenAt: 5 }]);
    expect(again.find('one')).toBeUndefined();
    expect((await stat(join(folder, 'browsers.json'))).mode & 0o777).toBe(0o600);
  });

  it('makes room by forgetting the browser that was seen longest ago', async () => {
    const { folder, warn } = await temporaryFolder();
    const browsers = await openBrowsers(folder, warn);
    for (let index = 0; index <= MAX_BROWSERS; index += 1) await browsers.add(browser(`b${index}`, index));
    expect(browsers.list()).toHaveLength(MAX_BROWSERS);
    expect(browsers.find('b0')).toBeUndefined();
    expect(browsers.find(`b${MAX_BROWSERS}`)).toBeDefined();
  });

  it('with a secret that is none is set aside', async () => {
    const { folder, warn, warnings } = await temporaryFolder();
    await writeFile(
      join(folder, 'browsers.json'),
      JSON.stringify({ browsers: [{ ...browser('one'), secret: 'short' }] }),
    );
    expect((await openBrowsers(folder, warn)).list()).toEqual([]);
    expect(warnings).toHaveLength(1);
  });
});

describe('private files', () => {
  it('are replaced whole, and nothing is left where that fails', async () => {
    const { folder } = await temporaryFolder();
    const path = join(folder, 'file');
    await writePrivateFile(path, 'old');
    await writePrivateFile(path, 'new');
    expect(await readFile(path, 'utf8')).toBe('new');
    await expect(writePrivateFile(join(folder, 'missing', 'file'), 'x')).rejects.toThrow('ENOENT');
    expect(await readdir(folder)).toEqual(['file']);
  });
});

import { mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderForConfinedBrowser } from '../cli/terminal/confined-browser.ts';
import { temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { removeRedirects, writeRedirect } from './redirect-files.ts';

const link = `http://127.0.0.1:47615/open#${'a'.repeat(43)}&record=01H`;

describe('attack: pages that lead to one-time links', () => {
  test('have the person’s browser led elsewhere, or a script run from a file', async () => {
    const home = await temporaryFolder();
    for (const wrong of [
      'http://evil.example/#x',
      'http://127.0.0.1:47615@evil.example/',
      'http://127.0.0.1:47615/open#"><script>alert(1)</script>',
      "http://127.0.0.1:47615/open#'",
      'javascript:alert(1)',
      'http://127.0.0.1:47615/open#a\nb',
    ]) {
      await expect(writeRedirect(home, wrong)).rejects.toMatchObject({ code: 'internal' });
    }
    expect(await readdir(home)).toEqual([]);
  });

  test('read the page that lies outside the data folder for a browser that cannot look into it', async () => {
    const home = await temporaryFolder();
    const visible = await temporaryFolder();
    const page = await writeRedirect(home, link, visible);
    expect((await stat(page)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(page))).mode & 0o777).toBe(0o700);
    expect(dirname(dirname(page))).toBe(visible);
    await removeRedirects(home, 60_000);
    expect(await readdir(visible)).toHaveLength(1);
    await removeRedirects(home, 0);
    expect(await readdir(visible)).toEqual([]);
    expect(await readdir(join(home, 'redirects'))).toEqual([]);
  });

  test('have other files deleted by a note that names their folder, or a link', async () => {
    const home = await temporaryFolder();
    const precious = await temporaryFolder();
    await writeFile(join(precious, 'open.html'), 'mine');
    await mkdir(join(home, 'redirects'));
    await writeFile(join(home, 'redirects', 'a.path'), precious);
    await symlink(join(precious, 'open.html'), join(home, 'redirects', 'b.html'));
    await removeRedirects(home, 0);
    expect(await readdir(precious)).toEqual(['open.html']);
  });

  test('keep a browser of Snap or Flatpak from opening anything', async () => {
    const home = await temporaryFolder();
    await mkdir(join(home, 'Downloads'));
    const hidden = join(home, '.local', 'share', 'touchstone');
    const folderFor = (folder: string, browser: string) => folderForConfinedBrowser(folder, async () => browser, home);
    for (const confined of ['firefox_firefox.desktop', 'org.mozilla.firefox.desktop']) {
      expect(await folderFor(hidden, confined)).toBe(join(home, 'Downloads'));
      expect(await folderFor(join(home, 'touchstone'), confined)).toBeUndefined();
    }
    for (const free of ['firefox.desktop', 'google-chrome.desktop', ''])
      expect(await folderFor(hidden, free)).toBeUndefined();
  });
});

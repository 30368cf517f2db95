import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative } from 'node:path';

/** Time for the desktop to name its browser, in milliseconds; it is a shell script. */
const ASK_MS = 2_000;

/** Snaps are `name_app.desktop`; Flatpaks, and a few others, are called like a domain. */
const CONFINED = /^([\w-]+_[\w-]+|[A-Za-z][\w-]*(\.[\w-]+){2,})\.desktop$/;

function defaultBrowser(): Promise<string> {
  return new Promise((resolve) => {
    execFile('xdg-settings', ['get', 'default-web-browser'], { timeout: ASK_MS }, (_error, stdout) =>
      resolve(stdout.trim()),
    );
  });
}

function isHidden(folder: string, home: string): boolean {
  const below = relative(home, folder);
  return below.startsWith('..') || below.split(/[\\/]/).some((part) => part.startsWith('.'));
}

/**
 * Browsers from Snap and Flatpak read no hidden folders, and not the real /tmp.
 * @param folder where a page would lie
 * @returns a folder of the person that such a browser reads, where one is the default and cannot read `folder`
 */
export async function folderForConfinedBrowser(
  folder: string,
  browser: () => Promise<string> = defaultBrowser,
  home = homedir(),
): Promise<string | undefined> {
  if (process.platform !== 'linux' || !isHidden(folder, home) || !CONFINED.test(await browser())) return undefined;
  const downloads = join(home, 'Downloads');
  return existsSync(downloads) ? downloads : home;
}

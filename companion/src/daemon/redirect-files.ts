import { randomUUID } from 'node:crypto';
import { chmod, lstat, mkdir, mkdtemp, readdir, rm, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { TouchstoneError } from '@touchstone/shared';
import { readPrivateFile, writePrivateFile } from '../settings/private-file.ts';

/** A browser that starts cold has read its file by then; in milliseconds. */
const LIFETIME_MS = 60_000;
const SWEEP_EVERY_MS = 15_000;

const FOLDER = 'redirects';

/** Folder elsewhere, for one file; its path is noted in the data folder, so that it is found again. */
const ELSEWHERE = 'touchstone-';
const ELSEWHERE_NAME = /^touchstone-[A-Za-z0-9]{6}$/;
const ELSEWHERE_FILE = 'open.html';

/** What the companion itself makes: nothing in it needs escaping in a page, an attribute or a script. */
const OWN_LINK = /^http:\/\/127\.0\.0\.1:\d{1,5}\/[\w/#=&.%-]*$/;

function pageOf(link: string): string {
  if (!OWN_LINK.test(link)) throw new TouchstoneError('internal', 'only links of the companion are opened');
  const attribute = link.replaceAll('&', '&amp;');
  return `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="1; url=${attribute}">
<title>Touchstone</title>
<script>location.replace(${JSON.stringify(link)})</script>
<a href="${attribute}">Touchstone</a>
`;
}

/**
 * Writes a page (0600, in a folder 0700) that leads to a one-time link, for its owner's browser: what a program is given by
 * its arguments, every user of the computer can read. The companion removes it.
 * @param visibleFolder where browsers look that may not read the data folder
 * @returns path of the page
 * @throws TouchstoneError `internal` for a link that is not the companion's; the system's error
 */
export async function writeRedirect(home: string, link: string, visibleFolder?: string): Promise<string> {
  const page = pageOf(link);
  const folder = join(home, FOLDER);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  if (visibleFolder === undefined) {
    const path = join(folder, `${randomUUID()}.html`);
    await writePrivateFile(path, page);
    return path;
  }
  const elsewhere = await mkdtemp(join(visibleFolder, ELSEWHERE));
  await writePrivateFile(join(folder, `${randomUUID()}.path`), elsewhere);
  await chmod(elsewhere, 0o700);
  const path = join(elsewhere, ELSEWHERE_FILE);
  await writePrivateFile(path, page);
  return path;
}

async function removeElsewhere(note: string): Promise<void> {
  const folder = await readPrivateFile(note);
  if (!ELSEWHERE_NAME.test(basename(folder))) return;
  await rm(join(folder, ELSEWHERE_FILE), { force: true });
  await rmdir(folder);
}

/** Removes the pages that were written at least so many milliseconds ago; 0 removes all. */
export async function removeRedirects(home: string, olderThanMs: number): Promise<void> {
  const folder = join(home, FOLDER);
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    try {
      const { mtimeMs } = await lstat(path);
      // A clock that was set back must not keep them.
      if (Math.abs(Date.now() - mtimeMs) < olderThanMs) continue;
      if (name.endsWith('.path')) await removeElsewhere(path).catch(() => {});
      await rm(path, { force: true });
    } catch {
      // Another sweep was faster, or it is none of ours.
    }
  }
}

/** Removes the pages of the past now, and each later one a minute after it was written, until `signal` aborts. */
export async function sweepRedirects(home: string, signal: AbortSignal): Promise<void> {
  await removeRedirects(home, 0);
  const timer = setInterval(() => void removeRedirects(home, LIFETIME_MS), SWEEP_EVERY_MS);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

import { writeRedirect } from '../../daemon/redirect-files.ts';
import { dataFolder } from '../../settings/data-folder.ts';
import { folderForConfinedBrowser } from './confined-browser.ts';

/**
 * Whether there is a screen with a browser on it, and nobody said no. Under WSL the browser is a Windows program, which
 * is not given files of Linux.
 */
export function mayOpenBrowser(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): boolean {
  if (environment.TOUCHSTONE_NO_OPEN || environment.CI || environment.SSH_CONNECTION) return false;
  if (environment.WSL_DISTRO_NAME) return false;
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

/**
 * Opens a one-time link of the companion in the person's browser, by a page that only they can read: other users see the
 * arguments of every program.
 * @returns whether a browser was started
 */
export async function openInBrowser(link: string): Promise<boolean> {
  if (!mayOpenBrowser()) return false;
  try {
    const home = dataFolder();
    const page = await writeRedirect(home, link, await folderForConfinedBrowser(home));
    const { default: open } = await import('open');
    const child = await open(page);
    child.once('error', () => {});
    return true;
  } catch {
    return false;
  }
}

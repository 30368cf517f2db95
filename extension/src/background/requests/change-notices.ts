import { browser } from 'wxt/browser';
import type { ChangeNotice } from '../../messaging/requests.ts';

/** Pages that show state ask again at most this often. */
const NOTICE_EVERY_MS = 200;

/** Tells open popups and options pages that something changed. @returns to be called at every change */
export function createChangeNotices(): (what: ChangeNotice['what']) => void {
  const timers = new Map<ChangeNotice['what'], ReturnType<typeof setTimeout>>();
  return (what) => {
    if (timers.has(what)) return;
    timers.set(
      what,
      setTimeout(() => {
        timers.delete(what);
        // Nobody is there to hear it most of the time.
        browser.runtime.sendMessage({ type: 'changed', what } satisfies ChangeNotice).catch(() => undefined);
      }, NOTICE_EVERY_MS),
    );
  };
}

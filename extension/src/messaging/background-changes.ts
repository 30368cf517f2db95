import * as v from 'valibot';
import { browser } from 'wxt/browser';
import { ChangeNotice } from './requests.ts';

/** Calls back whenever the background says that something shown may have changed, until the signal aborts. */
export function onBackgroundChange(listener: (what: ChangeNotice['what']) => void, signal: AbortSignal): void {
  const receive = (message: unknown) => {
    const notice = v.safeParse(ChangeNotice, message);
    if (notice.success) listener(notice.output.what);
    return undefined;
  };
  browser.runtime.onMessage.addListener(receive);
  signal.addEventListener('abort', () => browser.runtime.onMessage.removeListener(receive));
}

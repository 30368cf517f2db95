import { type Browser, browser } from 'wxt/browser';
import { CHECK_PORT } from '../../messaging/background-messages.ts';
import type { Asker } from '../checks/check-source.ts';

/** The frame behind a port; undefined where it is none of ours. */
export function askerOf({ sender, name }: Browser.runtime.Port): Asker | undefined {
  if (name !== CHECK_PORT || sender?.id !== browser.runtime.id || sender.tab?.id === undefined) return undefined;
  const { tab, frameId = 0, origin } = sender;
  // A frame without an address of its own (about:blank, srcdoc) acts for the origin that made it.
  const frameUrl = sender.url?.startsWith('http') ? sender.url : (origin ?? sender.url);
  return { tabId: tab.id ?? 0, frameId, frameUrl, incognito: tab.incognito };
}

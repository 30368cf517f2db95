import { browser } from 'wxt/browser';

/** The tab that a popup is about. */
export interface ActivePage {
  readonly tabId: number;
  /** Host name, where the page is one that extensions may look into. */
  readonly host: string | undefined;
}

function hostOf(address: string | undefined): string | undefined {
  if (!address || !URL.canParse(address)) return undefined;
  const { protocol, hostname } = new URL(address);
  return ['http:', 'https:'].includes(protocol) ? hostname : undefined;
}

/** The tab in front; where the popup itself is open as a tab, the one that was in front before it. */
export async function activePage(): Promise<ActivePage | undefined> {
  const own = browser.runtime.getURL('');
  const tabs = (await browser.tabs.query({ currentWindow: true })).filter(({ url }) => !url?.startsWith(own));
  const tab =
    tabs.find(({ active }) => active) ?? tabs.sort((a, b) => (b.lastAccessed ?? 0) - (a.lastAccessed ?? 0))[0];
  return tab?.id === undefined ? undefined : { tabId: tab.id, host: hostOf(tab.url) };
}

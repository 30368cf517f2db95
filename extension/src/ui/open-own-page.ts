import { browser } from 'wxt/browser';

/** Opens a page of the extension in a tab. */
export async function openOwnPage(page: 'check.html' | 'welcome.html'): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL(`/${page}`) });
}

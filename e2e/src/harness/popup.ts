import type { Page } from 'playwright-core';
import type { ChromiumSession } from './chromium.ts';

/** The popup as a page of its own, about the given one. */
export const popupOf = async (session: ChromiumSession, page: Page): Promise<Page> =>
  showPopup(session, await session.context.newPage(), page);

/** The same in a window of its own, so that the page stays in front in its window as it does under a popup. */
export async function popupBeside(session: ChromiumSession, page: Page): Promise<Page> {
  const worker = await session.worker();
  const [popup] = await Promise.all([
    session.context.waitForEvent('page'),
    worker.evaluate(async () => {
      const { chrome } = globalThis as unknown as { chrome: { windows: { create(how: object): Promise<unknown> } } };
      await chrome.windows.create({ url: 'about:blank', width: 420, height: 640 });
    }),
  ]);
  await page.bringToFront();
  return showPopup(session, popup, page);
}

async function showPopup(session: ChromiumSession, popup: Page, page: Page): Promise<Page> {
  await popup.addInitScript((url) => {
    const { tabs } = (
      globalThis as unknown as { chrome: { tabs: { query(filter: object): Promise<{ url?: string }[]> } } }
    ).chrome;
    const query = tabs.query.bind(tabs);
    // The popup asks for the tab in front; as a page of its own that would be itself.
    tabs.query = async () => (await query({})).filter((one) => one.url === url);
  }, page.url());
  await popup.goto(`chrome-extension://${session.extensionId}/popup.html`);
  return popup;
}

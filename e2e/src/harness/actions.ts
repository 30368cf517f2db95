import type { Verdict } from '@touchstone/shared';
import { STEPS, stepOf } from '@touchstone/shared/present';
import { type Language, textOf } from '@touchstone/shared/words';
import type { Locator, Page } from 'playwright-core';
import type { ChromiumSession } from './chromium.ts';
import { waitForOverlay } from './closed-roots.ts';
import type { Companion } from './companion.ts';

/** Menu items of the extension (extension/src/background/menus.ts). */
export const MENU = { image: 'check-image', video: 'check-video', viewport: 'check-viewport' } as const;

/** The words of the scale, as every surface says them. */
export const verdictIn = (language: Language): RegExp =>
  new RegExp(STEPS.map((step) => textOf(language, `step-${step}`)).join('|'));

export const VERDICT = verdictIn('en');

/** The word for a verdict in English. */
export const wordOf = (verdict: Pick<Verdict, 'value' | 'leaning'>): string => textOf('en', `step-${stepOf(verdict)}`);

/** Opens the one-time link and presses the Pair button, as a person does. */
export async function pairThroughPage(
  session: ChromiumSession,
  companion: Companion,
  language: Language = 'en',
): Promise<void> {
  const page = await session.context.newPage();
  try {
    const { url } = await companion.pairing();
    await page.goto(url);
    const pair = textOf(language, 'pair-button');
    await waitForOverlay(page, new RegExp(pair));
    const { clickOverlayButton } = await import('./closed-roots.ts');
    await clickOverlayButton(page, new RegExp(`^\\s*${pair}`));
    await page.locator('#touchstone-pairing[data-state="paired"]').waitFor({ state: 'attached' });
  } finally {
    await page.close();
  }
}

/**
 * A right-click at the picture, then the menu item: the event reaches the page as a real one, and since no native menu
 * can be clicked from outside, the item's own event is dispatched in the extension's service worker.
 * @param frameUrl address of the frame that was clicked; default the page
 */
export async function rightClickAndCheck(
  session: ChromiumSession,
  page: Page,
  target: Locator,
  options: { readonly srcUrl?: string; readonly frameUrl?: string; readonly menu?: string } = {},
): Promise<void> {
  await target.scrollIntoViewIfNeeded();
  await target.click({ button: 'right', force: true });
  await chooseMenuItem(session, page, options);
}

export async function chooseMenuItem(
  session: ChromiumSession,
  page: Page,
  options: { readonly srcUrl?: string; readonly frameUrl?: string; readonly menu?: string } = {},
): Promise<void> {
  const worker = await session.worker();
  await worker.evaluate(
    async ({ pageUrl, frameUrl, srcUrl, menu }) => {
      interface Tab {
        readonly id: number;
        readonly url?: string;
      }
      const { chrome } = globalThis as unknown as {
        chrome: {
          tabs: { query(filter: object): Promise<Tab[]> };
          webNavigation?: { getAllFrames(of: object): Promise<{ frameId: number; url: string }[]> };
          scripting?: {
            executeScript(of: object): Promise<{ frameId: number; result: string }[]>;
          };
          contextMenus: { onClicked: { dispatch(info: object, tab: Tab): void } };
        };
      };
      const tab = (await chrome.tabs.query({})).find((candidate) => candidate.url === pageUrl);
      if (!tab) throw new Error(`no tab shows ${pageUrl}`);
      let frameId = 0;
      if (frameUrl && chrome.scripting) {
        const frames = await chrome.scripting.executeScript({
          target: { tabId: tab.id, allFrames: true },
          func: () => location.href,
        });
        frameId = frames.find((frame) => frame.result === frameUrl)?.frameId ?? 0;
      }
      chrome.contextMenus.onClicked.dispatch(
        {
          menuItemId: menu,
          pageUrl,
          editable: false,
          frameId,
          ...(frameUrl ? { frameUrl } : {}),
          ...(srcUrl ? { srcUrl, mediaType: 'image' } : {}),
        },
        tab,
      );
    },
    {
      pageUrl: page.url(),
      frameUrl: options.frameUrl,
      srcUrl: options.srcUrl,
      menu: options.menu ?? MENU.image,
    },
  );
}

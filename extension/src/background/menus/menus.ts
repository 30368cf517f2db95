import { type Browser, browser } from 'wxt/browser';

/** Ids of the menu items. */
export const MENU = { image: 'check-image', viewport: 'check-viewport' } as const;

/**
 * "Check this image" is offered on everything a picture may lie under or behind: links and boxes laid over it, CSS
 * backgrounds, videos with a poster. Editable fields and the browser's own buttons are left out. Where it is the only
 * item it stands in the menu itself; two items would move into a submenu, so the other one is on bare page only.
 */
const CREATED = [
  { id: MENU.image, message: 'menuCheckImage', contexts: ['image', 'video', 'link', 'page', 'frame', 'selection'] },
  { id: MENU.viewport, message: 'menuCheckViewport', contexts: ['page', 'action'] },
] as const;

/** Creates the items anew: they outlive the background, and their texts follow the browser's language. */
export async function createMenus(): Promise<void> {
  await browser.contextMenus.removeAll();
  for (const { id, message, contexts } of CREATED)
    browser.contextMenus.create({ id, title: browser.i18n.getMessage(message), contexts: [...contexts] }, () => {
      // A second creation at the same moment (install and start) is the only error there can be.
      void browser.runtime.lastError;
    });
}

export interface MenuChoice {
  readonly tab: Browser.tabs.Tab;
  readonly frameId: number;
  readonly viewport: boolean;
  readonly srcUrl: string | undefined;
}

/** Hears what a person chose. Registered in the first turn, so that it also wakes the background. */
export function onMenuChoice(chosen: (choice: MenuChoice) => void): void {
  browser.contextMenus.onClicked.addListener((info, tab) => {
    if (!tab?.id || (info.menuItemId !== MENU.image && info.menuItemId !== MENU.viewport)) return;
    chosen({
      tab,
      frameId: info.frameId ?? 0,
      viewport: info.menuItemId === MENU.viewport,
      srcUrl: info.srcUrl,
    });
  });
}

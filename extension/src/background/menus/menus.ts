import { chooseLanguage, textOf } from '@touchstone/shared/words';
import { type Browser, browser } from 'wxt/browser';

/** Ids of the menu items. */
export const MENU = { image: 'check-image', video: 'check-video', viewport: 'check-viewport' } as const;

/**
 * "Check this image" is offered on everything a picture may lie under or behind: links and boxes laid over it, CSS
 * backgrounds, posters and single frames of videos. "Check this video" is offered on videos, and on bare page and frames,
 * where players lay boxes over theirs. Editable fields and the browser's own buttons are left out. An item that is alone
 * stands in the menu itself, several share a submenu: on pictures and links there is only one.
 */
const CREATED = [
  { id: MENU.image, key: 'menu-check-image', contexts: ['image', 'video', 'link', 'page', 'frame', 'selection'] },
  { id: MENU.video, key: 'menu-check-video', contexts: ['video', 'page', 'frame'] },
  { id: MENU.viewport, key: 'check-visible', contexts: ['page', 'action'] },
] as const;

const KINDS = Object.keys(MENU) as readonly (keyof typeof MENU)[];

/** Creates the items anew: they outlive the background, and their texts follow the browser's language. */
export async function createMenus(): Promise<void> {
  await browser.contextMenus.removeAll();
  const language = chooseLanguage('auto', [browser.i18n.getUILanguage()]);
  for (const { id, key, contexts } of CREATED)
    browser.contextMenus.create({ id, title: textOf(language, key), contexts: [...contexts] }, () => {
      // A second creation at the same moment (install and start) is the only error there can be.
      void browser.runtime.lastError;
    });
}

export interface MenuChoice {
  readonly tab: Browser.tabs.Tab;
  readonly frameId: number;
  readonly what: keyof typeof MENU;
  readonly srcUrl: string | undefined;
}

/** Hears what a person chose. Registered in the first turn, so that it also wakes the background. */
export function onMenuChoice(chosen: (choice: MenuChoice) => void): void {
  browser.contextMenus.onClicked.addListener((info, tab) => {
    const what = KINDS.find((kind) => MENU[kind] === info.menuItemId);
    if (tab?.id && what) chosen({ tab, what, frameId: info.frameId ?? 0, srcUrl: info.srcUrl });
  });
}

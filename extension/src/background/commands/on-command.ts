import { browser } from 'wxt/browser';
import type { CommandName } from '../../commands.ts';

const CHECK: CommandName = 'check-picture';

/** Hears the key for a check. Registered in the first turn, so that it also wakes the background. */
export function onCheckCommand(pressed: (tabId: number) => void): void {
  browser.commands.onCommand.addListener((name, tab) => {
    if (name === CHECK && tab?.id !== undefined) pressed(tab.id);
  });
}

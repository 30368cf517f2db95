import { errorReport } from '@touchstone/shared';
import { browser } from 'wxt/browser';
import type { BackgroundMessage } from '../../messaging/background-messages.ts';
import type { ContentPorts } from '../tabs/content-ports.ts';
import { putContentScript } from '../tabs/put-script.ts';
import type { TabResultsStore } from '../tabs/tab-results.ts';

/** A content script that was put to sleep with its port, or just put in, connects within this time. */
const ARRIVAL_MS = 1_500;

export interface AskInTabOptions {
  readonly ports: ContentPorts;
  readonly results: TabResultsStore;
}

/** Shows the popup, where the answer is: not every browser opens it by itself, and the mark then says where to look. */
export async function showInPopup(tabId: number): Promise<void> {
  await browser.action.openPopup().catch(() => browser.action.setBadgeText({ tabId, text: '!' }));
}

/**
 * Has a frame's content script do what a person chose. A page that was open before the extension came gets the script
 * now; a page that the browser protects gets its answer in the popup.
 */
export async function askInTab(
  tabId: number,
  frameId: number,
  message: Extract<BackgroundMessage, { type: 'check-clicked' | 'check-video' | 'check-viewport' }>,
  { ports, results }: AskInTabOptions,
): Promise<void> {
  if (ports.send(tabId, frameId, message)) return;
  const there = (await ports.arrival(tabId, frameId, ARRIVAL_MS / 3)) || (await putContentScript(tabId, frameId));
  if (there && (await ports.arrival(tabId, frameId, ARRIVAL_MS)) && ports.send(tabId, frameId, message)) return;
  const url = message.type === 'check-viewport' ? undefined : message.srcUrl;
  const error = errorReport('protected-page');
  results.add(tabId, { at: Date.now(), asked: true, outcome: { kind: 'error', error }, ...(url && { url }) });
  await showInPopup(tabId);
}

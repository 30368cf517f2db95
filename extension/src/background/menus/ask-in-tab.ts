import { errorReport } from '@touchstone/shared';
import { browser } from 'wxt/browser';
import type { BackgroundMessage } from '../../messaging/background-messages.ts';
import type { FrameCommand } from '../../messaging/frame-messages.ts';
import type { ContentPorts } from '../tabs/content-ports.ts';
import { putContentScript } from '../tabs/put-script.ts';
import type { TabResultsStore } from '../tabs/tab-results.ts';

/** A content script that was put to sleep with its port, or just put in, connects within this time. */
const ARRIVAL_MS = 1_500;
/** Frames that slept with theirs follow it within this time. */
const OTHERS_MS = 100;

export interface AskInTabOptions {
  readonly ports: ContentPorts;
  readonly results: TabResultsStore;
}

type TabMessage = Extract<
  BackgroundMessage,
  { type: 'check-clicked' | 'check-video' | 'check-viewport' | 'choose-picture' }
>;

/** Shows the popup, where the answer is: not every browser opens it by itself, and the mark then says where to look. */
export async function showInPopup(tabId: number): Promise<void> {
  await browser.action.openPopup().catch(() => browser.action.setBadgeText({ tabId, text: '!' }));
}

/**
 * Wakes the content scripts of a tab; a page that was open before the extension came gets one now.
 * @returns whether the frame's is there
 */
export async function reachFrame(tabId: number, frameId: number, ports: ContentPorts): Promise<boolean> {
  if (await ports.arrival(tabId, frameId, 0)) return true;
  // Whoever sleeps connects; nobody answers.
  browser.tabs.sendMessage(tabId, { type: 'wake' } satisfies FrameCommand).catch(() => undefined);
  const there = (await ports.arrival(tabId, frameId, ARRIVAL_MS / 3)) || (await putContentScript(tabId, frameId));
  if (!there || !(await ports.arrival(tabId, frameId, ARRIVAL_MS))) return false;
  await new Promise((resolve) => setTimeout(resolve, OTHERS_MS));
  return true;
}

/** Has a frame's content script do what a person chose. A page that the browser protects gets its answer in the popup. */
export async function askInTab(
  tabId: number,
  frameId: number,
  message: TabMessage,
  { ports, results }: AskInTabOptions,
): Promise<void> {
  if ((await reachFrame(tabId, frameId, ports)) && ports.send(tabId, frameId, message)) return;
  const url = 'srcUrl' in message ? message.srcUrl : undefined;
  const error = errorReport('protected-page');
  results.add(tabId, { at: Date.now(), asked: true, outcome: { kind: 'error', error }, ...(url && { url }) });
  await showInPopup(tabId);
}

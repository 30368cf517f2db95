import { errorReport } from '@touchstone/shared';
import { browser } from 'wxt/browser';
import type { ScriptPublicPath } from 'wxt/utils/inject-script';
import type { BackgroundMessage } from '../../messaging/messages.ts';
import type { ContentPorts } from '../tabs/content-ports.ts';
import type { TabResultsStore } from '../tabs/tab-results.ts';

/** A content script that was put to sleep with its port, or just put in, connects within this time. */
const ARRIVAL_MS = 1_500;

export interface AskInTabOptions {
  readonly ports: ContentPorts;
  readonly results: TabResultsStore;
}

/** Files of the content script that runs on every page, as the manifest names them. */
function contentFiles(): ScriptPublicPath[] {
  const scripts = browser.runtime.getManifest().content_scripts ?? [];
  // Names from our own manifest; the build knows them by this type.
  return scripts.filter(({ all_frames }) => all_frames).flatMap(({ js }) => (js ?? []) as ScriptPublicPath[]);
}

async function putIn(tabId: number, frameId: number): Promise<boolean> {
  try {
    await browser.scripting.executeScript({ target: { tabId, frameIds: [frameId] }, files: contentFiles() });
    return true;
  } catch {
    // The browser lets no extension into its own pages, its store and documents it draws itself.
    return false;
  }
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
  const there = (await ports.arrival(tabId, frameId, ARRIVAL_MS / 3)) || (await putIn(tabId, frameId));
  if (there && (await ports.arrival(tabId, frameId, ARRIVAL_MS)) && ports.send(tabId, frameId, message)) return;
  const url = message.type === 'check-viewport' ? undefined : message.srcUrl;
  const error = errorReport('protected-page');
  results.add(tabId, { at: Date.now(), asked: true, outcome: { kind: 'error', error }, ...(url && { url }) });
  // Not every browser opens the popup by itself; the mark on the button then shows where the answer is.
  await browser.action.openPopup().catch(() => browser.action.setBadgeText({ tabId, text: '!' }));
}

import { beforeEach, expect, it, vi } from 'vitest';
import type { Browser } from 'wxt/browser';
import type { BackgroundMessage } from '../../messaging/background-messages.ts';
import { createContentPorts } from '../tabs/content-ports.ts';
import { createTabResults } from '../tabs/tab-results.ts';
import { askInTab } from './ask-in-tab.ts';

const { did } = vi.hoisted(() => ({ did: { popups: 0, scripts: 0, woken: (_tab: number): void => undefined } }));
vi.mock('wxt/browser', () => ({
  browser: {
    action: {
      openPopup: async () => {
        did.popups += 1;
      },
    },
    runtime: { getManifest: () => ({ content_scripts: [{ all_frames: true, js: ['content.js'] }] }) },
    scripting: {
      executeScript: async () => {
        did.scripts += 1;
        throw new Error('Cannot access a chrome:// URL');
      },
    },
    tabs: { sendMessage: async (tab: number) => did.woken(tab) },
    storage: { session: { get: async () => ({}), set: async () => undefined, remove: async () => undefined } },
  },
}));

beforeEach(() => Object.assign(did, { popups: 0, scripts: 0, woken: () => undefined }));

it('a page that the browser lets no extension into gets its answer in the popup', async () => {
  const results = createTabResults(() => undefined);
  const srcUrl = 'https://a.test/photo.jpg';
  await askInTab(1, 0, { type: 'check-clicked', srcUrl }, { ports: createContentPorts(), results });
  expect((await results.of(1)).results).toMatchObject([
    { asked: true, url: srcUrl, outcome: { kind: 'error', error: { code: 'protected-page' } } },
  ]);
  expect(did.popups).toBe(1);
});

it('a content script that lost its port while the background slept is woken, and none is put beside it', async () => {
  const ports = createContentPorts();
  const heard: BackgroundMessage[] = [];
  const port: Partial<Browser.runtime.Port> = {
    postMessage: (message: BackgroundMessage) => void heard.push(message),
    onDisconnect: { addListener: () => undefined } as unknown as Browser.runtime.Port['onDisconnect'],
  };
  const asker = { tabId: 1, frameId: 0, frameUrl: 'https://a.test/', incognito: false };
  did.woken = (tab) => tab === 1 && ports.add(port as Browser.runtime.Port, asker);
  await askInTab(1, 0, { type: 'choose-picture' }, { ports, results: createTabResults(() => undefined) });
  expect(heard).toEqual([{ type: 'choose-picture' }]);
  expect(did).toMatchObject({ popups: 0, scripts: 0 });
});

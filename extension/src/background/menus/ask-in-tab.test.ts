import { expect, it, vi } from 'vitest';
import { createContentPorts } from '../tabs/content-ports.ts';
import { createTabResults } from '../tabs/tab-results.ts';
import { askInTab } from './ask-in-tab.ts';

const { popups } = vi.hoisted(() => ({ popups: { opened: 0 } }));
vi.mock('wxt/browser', () => ({
  browser: {
    action: {
      openPopup: async () => {
        popups.opened += 1;
      },
    },
    runtime: { getManifest: () => ({ content_scripts: [{ all_frames: true, js: ['content.js'] }] }) },
    scripting: { executeScript: async () => Promise.reject(new Error('Cannot access a chrome:// URL')) },
    storage: { session: { get: async () => ({}), set: async () => undefined, remove: async () => undefined } },
  },
}));

it('a page that the browser lets no extension into gets its answer in the popup', async () => {
  const results = createTabResults(() => undefined);
  const srcUrl = 'https://a.test/photo.jpg';
  await askInTab(1, 0, { type: 'check-clicked', srcUrl }, { ports: createContentPorts(), results });
  expect((await results.of(1)).results).toMatchObject([
    { asked: true, url: srcUrl, outcome: { kind: 'error', error: { code: 'protected-page' } } },
  ]);
  expect(popups.opened).toBe(1);
});

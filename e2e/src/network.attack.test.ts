import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pairThroughPage, rightClickAndCheck, VERDICT } from './harness/actions.ts';
import { launchChromium } from './harness/chromium.ts';
import { overlayButtons, waitForOverlay } from './harness/closed-roots.ts';
import { type Companion, startCompanion } from './harness/companion.ts';
import { checkEverywhere, serveGallery } from './harness/gallery.ts';
import { type LoggedRequest, loggedRequests } from './harness/net-log.ts';
import { openPage } from './harness/open-page.ts';
import { picture } from './harness/pictures.ts';
import { html, image, type Site, startSite } from './harness/site.ts';
import { useSmallPacks } from './harness/small-packs.ts';

/** An address that is nobody's (RFC 5737). */
const OUTSIDE = 'http://198.51.100.7/beacon';

let companion: Companion;
let site: Site;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-net-log-'));
  [companion, site] = await Promise.all([startCompanion(useSmallPacks), startSite()]);
});
afterAll(async () => {
  await site?.close();
  await companion?.dispose();
  await rm(folder, { recursive: true, force: true });
});

/**
 * Requests of the extension, and of pages it lives in, that reach neither the companion nor the site with the pictures.
 * What the browser asks its own maker for has another initiator.
 */
function outside(requests: readonly LoggedRequest[], extensionId: string): string[] {
  const companionOrigin = `127.0.0.1:${companion.port}`;
  const ours = [`chrome-extension://${extensionId}`, `http://${companionOrigin}`, `http://site.test:${site.port}`];
  const allowed = [companionOrigin, `site.test:${site.port}`, extensionId];
  return requests
    .filter(({ initiator }) => ours.includes(initiator))
    .filter(({ url }) => !/^(?:data|blob):/.test(url) && !allowed.includes(new URL(url).host))
    .map(({ url, initiator }) => `${url} for ${initiator}`);
}

describe('attack: the extension tells somebody what a person looks at', () => {
  it('while it pairs, checks a picture, watches a page, and shows its own pages', async () => {
    const bytes = await picture(411);
    site.route('/photo.jpg', () => image(bytes));
    site.route('/article', () => html('<img src="/photo.jpg" width="400">'));
    const { url } = await serveGallery(site, 12);
    const netLog = join(folder, 'extension.json');
    const session = await launchChromium({ publicPorts: [site.port], netLog });
    try {
      await pairThroughPage(session, companion);
      const page = await openPage(session.context);
      await page.goto(site.url('/article'));
      await rightClickAndCheck(session, page, page.locator('img'), { srcUrl: site.url('/photo.jpg') });
      await waitForOverlay(page, VERDICT);
      await checkEverywhere(session);
      await page.goto(url);
      await expect.poll(async () => (await overlayButtons(page)).length).toBeGreaterThan(3);
      for (const own of ['popup.html', 'options.html']) {
        await page.goto(`chrome-extension://${session.extensionId}/${own}`);
        await page.waitForLoadState('load');
      }
      await page.goto(await companion.historyLink());
      await page.getByRole('heading').first().waitFor();
    } finally {
      await session.close();
    }
    const requests = await loggedRequests(netLog);
    const extension = requests.filter(({ initiator }) => initiator === `chrome-extension://${session.extensionId}`);
    // The socket to the companion and the pictures themselves: had they not been seen, the log would be blind.
    expect(extension.map(({ url: seen }) => seen)).toEqual(
      expect.arrayContaining([expect.stringMatching(`^ws://127.0.0.1:${companion.port}/`), site.url('/photo.jpg')]),
    );
    expect(outside(requests, session.extensionId)).toEqual([]);
  });

  it('by a request from its background: the watch tells it', async () => {
    const netLog = join(folder, 'beacon.json');
    const session = await launchChromium({ publicPorts: [site.port], netLog });
    try {
      const worker = await session.worker();
      await worker.evaluate((beacon) => {
        void fetch(beacon, { signal: AbortSignal.timeout(1000) }).catch(() => undefined);
        return new Promise((done) => setTimeout(done, 1500));
      }, OUTSIDE);
    } finally {
      await session.close();
    }
    const found = outside(await loggedRequests(netLog), session.extensionId);
    expect(found).toEqual([`${OUTSIDE} for chrome-extension://${session.extensionId}`]);
  });
});

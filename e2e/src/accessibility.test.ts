import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pairThroughPage, rightClickAndCheck, VERDICT } from './harness/actions.ts';
import { violations } from './harness/axe.ts';
import { type ChromiumSession, launchChromium } from './harness/chromium.ts';
import { waitForOverlay } from './harness/closed-roots.ts';
import { type Companion, startCompanion } from './harness/companion.ts';
import { openPage } from './harness/open-page.ts';
import { picture } from './harness/pictures.ts';
import { html, image, type Site, startSite } from './harness/site.ts';
import { useSmallPacks } from './harness/small-packs.ts';

let companion: Companion;
let site: Site;

beforeAll(async () => {
  [companion, site] = await Promise.all([startCompanion(useSmallPacks), startSite()]);
});

afterAll(async () => {
  await site?.close();
  await companion?.dispose();
});

describe.each(['light', 'dark'] as const)('every page of the product in %s', (colorScheme) => {
  let session: ChromiumSession;

  beforeAll(async () => {
    session = await launchChromium({ publicPorts: [site.port], colorScheme });
    await pairThroughPage(session, companion);
    const bytes = await picture(colorScheme === 'light' ? 500 : 501);
    site.route('/a.jpg', () => image(bytes, 'image/jpeg', { 'cache-control': 'no-store' }));
    site.route('/a', () => html('<img src="/a.jpg" width="400" alt="A fixture">'));
    const page = await session.context.newPage();
    await page.goto(site.url('/a'));
    await rightClickAndCheck(session, page, page.locator('img'));
    await waitForOverlay(page, VERDICT);
    await page.close();
  });

  afterAll(() => session?.close());

  it('pairing page', async () => {
    const page = await openPage(session.context);
    await page.goto((await companion.pairing()).url);
    await waitForOverlay(page, /Pair/);
    expect(await violations(page)).toEqual([]);
  });

  it('history: list and detail', async () => {
    const page = await openPage(session.context);
    await page.goto(await companion.historyLink());
    await page.getByText(VERDICT).first().waitFor();
    expect(await violations(page)).toEqual([]);
    const { records } = await companion.history({ limit: 1 });
    await page.goto(`http://127.0.0.1:${companion.port}/?record=${records[0]?.id}`);
    await page
      .getByText(/What is it really/)
      .first()
      .waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('history without a session says how to open it', async () => {
    const page = await openPage(session.context);
    await page.context().clearCookies();
    await page.goto(`http://127.0.0.1:${companion.port}/`);
    await page
      .getByText(/touchstone open/)
      .first()
      .waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it.each(['popup', 'options'])('%s', async (name) => {
    const page = await openPage(session.context);
    await page.goto(`chrome-extension://${session.extensionId}/${name}.html`);
    await page.locator('h1, h2').first().waitFor();
    expect(await violations(page)).toEqual([]);
  });
});

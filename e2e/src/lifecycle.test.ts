import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pairThroughPage, rightClickAndCheck, VERDICT, wordOf } from './harness/actions.ts';
import { type ChromiumSession, launchChromium } from './harness/chromium.ts';
import { clickOverlayButton, overlayButtons, overlayText, waitForOverlay } from './harness/closed-roots.ts';
import { type Companion, startCompanion } from './harness/companion.ts';
import { closeAfterTest, openPage } from './harness/open-page.ts';
import { picture } from './harness/pictures.ts';
import { html, image, type Site, startSite } from './harness/site.ts';
import { useSmallPacks } from './harness/small-packs.ts';

let companion: Companion;
let site: Site;
let session: ChromiumSession;

beforeAll(async () => {
  [companion, site] = await Promise.all([startCompanion(useSmallPacks), startSite()]);
  session = await launchChromium({ publicPorts: [site.port] });
});

afterAll(async () => {
  await session?.close();
  await site?.close();
  await companion?.dispose();
});

async function pageWithPicture(seed: number, extra = '', headers: Record<string, string> = {}): Promise<Page> {
  const bytes = await picture(seed);
  site.route(`/${seed}.jpg`, () => image(bytes));
  site.route(`/page-${seed}`, () => html(`<img src="/${seed}.jpg" width="400">${extra}`, '', headers));
  const page = await openPage(session.context);
  await page.goto(site.url(`/page-${seed}`));
  return page;
}

const check = (page: Page): Promise<void> => rightClickAndCheck(session, page, page.locator('img'));

describe('before pairing', () => {
  it('says what to do', async () => {
    const page = await pageWithPicture(100);
    await check(page);
    await waitForOverlay(page, /paired/i);
  });
});

describe('the main path', () => {
  it('pairs, answers over the picture, and history agrees', async () => {
    await pairThroughPage(session, companion);
    const page = await pageWithPicture(101);
    await check(page);
    const text = await waitForOverlay(page, VERDICT);
    expect(text).toMatch(/\d+\s?%/);
    const { records } = await companion.history({ limit: 1 });
    expect(records[0]?.source.pageUrl).toBe(page.url());
    expect(text).toContain(wordOf(records[0]?.verdict ?? { value: 'fake' }));
    const buttons = (await overlayButtons(page)).join(' | ');
    expect(buttons).toMatch(/Open in history/);
    expect(buttons).toMatch(/Wrong\?/);
  });

  it('stores what a person says the picture really is', async () => {
    const page = await pageWithPicture(102);
    await check(page);
    await waitForOverlay(page, VERDICT);
    await clickOverlayButton(page, /Wrong\?/);
    await waitForOverlay(page, /really/i);
    await clickOverlayButton(page, /authentic|camera/i);
    await expect.poll(async () => (await companion.history({ limit: 1 })).records[0]?.label).toBe('real');
  });

  it('opens the record in the history page, which shows the same verdict', async () => {
    const page = await pageWithPicture(103);
    await check(page);
    await waitForOverlay(page, VERDICT);
    const opened = session.context.waitForEvent('page');
    await clickOverlayButton(page, /Open in history/);
    const history = closeAfterTest(await opened);
    const { records } = await companion.history({ limit: 1 });
    await history
      .getByText(wordOf(records[0]?.verdict ?? { value: 'fake' }))
      .first()
      .waitFor();
    expect(history.url()).not.toMatch(/#.{20}/); // the one-time token does not stay in the address
  });

  it('closes the card with Escape', async () => {
    const page = await pageWithPicture(104);
    await check(page);
    await waitForOverlay(page, VERDICT);
    await page.keyboard.press('Escape');
    await expect.poll(async () => /Open in history/.test(await overlayText(page))).toBe(false);
  });
});

describe('a page that makes it hard for the overlay', () => {
  it('shows the card under CSP default-src none', async () => {
    const page = await pageWithPicture(110, '', {
      'content-security-policy': "default-src 'none'; img-src 'self'",
    });
    await check(page);
    await waitForOverlay(page, VERDICT);
  });

  it('follows the page into full screen', async () => {
    const bytes = await picture(113);
    site.route('/113.jpg', () => image(bytes));
    site.route('/full', () => html('<div id="box"><img src="/113.jpg" width="400"></div>'));
    const page = await openPage(session.context);
    await page.goto(site.url('/full'));
    await page.evaluate(() => {
      document.addEventListener('keydown', () => void document.getElementById('box')?.requestFullscreen(), {
        once: true,
      });
    });
    await page.keyboard.press('f');
    await page.waitForFunction(() => document.fullscreenElement?.id === 'box');
    await check(page);
    await waitForOverlay(page, VERDICT);
    expect(await page.evaluate(() => (document.getElementById('box')?.children.length ?? 0) > 1)).toBe(true);
  });
});

describe('the companion goes away and comes back', () => {
  it('says what to start, keeps the question, and answers when the companion is there', async () => {
    await companion.stop();
    const page = await pageWithPicture(120);
    await check(page);
    await waitForOverlay(page, /Start Touchstone/);
    await companion.start();
    await waitForOverlay(page, VERDICT);
  });

  it('gives the history page a new session after a restart, with its filter', async () => {
    const page = await openPage(session.context);
    await page.goto(await companion.historyLink());
    const results = page.getByRole('row');
    await results.first().waitFor();
    await page.goto(`${new URL(page.url()).origin}/?kind=image`);
    await results.first().waitFor();
    await companion.stop();
    await companion.start();
    await page.reload();
    await results.first().waitFor({ timeout: 240_000 });
    const { search, hash } = new URL(page.url());
    expect([search, hash]).toEqual(['?kind=image', '']);
  });

  it('answers after it was killed in the middle of a check', async () => {
    const page = await pageWithPicture(121);
    await check(page);
    await companion.kill();
    await companion.start();
    await waitForOverlay(page, VERDICT);
  });
});

describe('the service worker is stopped by the browser', () => {
  it('answers the next question without anything being done', async () => {
    const page = await pageWithPicture(130);
    await check(page);
    await waitForOverlay(page, VERDICT);
    await session.stopServiceWorker();
    await page.close();
    const next = await pageWithPicture(131);
    await check(next);
    await waitForOverlay(next, VERDICT);
  });
});

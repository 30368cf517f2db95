import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pairThroughPage, rightClickAndCheck, VERDICT } from './harness/actions.ts';
import { type ChromiumSession, launchChromium } from './harness/chromium.ts';
import { overlayButtons, waitForOverlay } from './harness/closed-roots.ts';
import { type Companion, startCompanion } from './harness/companion.ts';
import { checkEverywhere, scrollThrough, serveGallery } from './harness/gallery.ts';
import { openPage } from './harness/open-page.ts';
import { picture } from './harness/pictures.ts';
import { html, image, type Site, startSite } from './harness/site.ts';
import { useSmallPacks } from './harness/small-packs.ts';

const PICTURES = 500;

let companion: Companion;
let site: Site;
let session: ChromiumSession;

beforeAll(async () => {
  [companion, site] = await Promise.all([startCompanion(useSmallPacks), startSite()]);
  session = await launchChromium({ publicPorts: [site.port] });
  await pairThroughPage(session, companion);
});

afterAll(async () => {
  await session?.close();
  await site?.close();
  await companion?.dispose();
});

const addressesInHistory = async (): Promise<string[]> => {
  const { records } = await companion.history({ limit: 200 });
  return records.map(({ source }) => new URL(source.url ?? 'about:blank').pathname);
};

/** No badge waits for its verdict any more. */
const allAnswered = (page: Page): Promise<void> =>
  expect.poll(async () => (await overlayButtons(page)).map((name) => VERDICT.test(name))).not.toContain(false);

describe('automatic checks', () => {
  it('are off until a person turns them on', async () => {
    const { url } = await serveGallery(site, PICTURES);
    const page = await openPage(session.context);
    await page.goto(url);
    // Whatever would be checked by itself is ahead of this question, which a person asks.
    await rightClickAndCheck(session, page, page.locator('img').first());
    await waitForOverlay(page, VERDICT);
    expect(await addressesInHistory()).toEqual(['/g/0.jpg']);
  });

  it('check what is in view, once for each address, and leave the rest of a page of 500 pictures alone', async () => {
    const { url } = await serveGallery(site, PICTURES);
    await checkEverywhere(session);
    const page = await openPage(session.context);
    await page.goto(url);
    await expect.poll(async () => (await overlayButtons(page)).length).toBeGreaterThan(8);
    const inView = await page.evaluate(() =>
      [...document.images]
        .filter((element) => element.getBoundingClientRect().top < innerHeight)
        .map((element) => new URL(element.src).pathname),
    );
    await expect.poll(addressesInHistory).toEqual(expect.arrayContaining(inView));
    await allAnswered(page);
    const checked = await addressesInHistory();
    expect(new Set(checked).size).toBe(checked.length);
    expect(checked.length).toBeLessThan(80);
  });

  it('follow the reader down the page without sending any picture twice', async () => {
    const page = await openPage(session.context);
    await page.goto(site.url('/gallery'));
    await scrollThrough(page, 60);
    const last = await page.evaluate(() => new URL([...document.images].at(-2)?.src ?? '').pathname);
    await expect.poll(addressesInHistory).toContain(last);
    await allAnswered(page);
    const checked = await addressesInHistory();
    expect(new Set(checked).size).toBe(checked.length);
  });

  it('judge the new picture when the address of an element changes', async () => {
    const [first, second] = await Promise.all([picture(400), picture(401)]);
    site.route('/first.jpg', () => image(first));
    site.route('/second.jpg', () => image(second));
    site.route('/change', () => html('<img src="/first.jpg" width="400" height="300">'));
    const page = await openPage(session.context);
    await page.goto(site.url('/change'));
    await waitForOverlay(page, VERDICT);
    await page.evaluate(() => {
      for (const element of document.images) element.src = '/second.jpg';
    });
    await expect.poll(addressesInHistory).toContain('/second.jpg');
  });
});

describe('a rule of a style sheet', () => {
  const withBackground = async (path: string, rule: string): Promise<Page> => {
    const bytes = await picture(960);
    site.route('/shown.jpg', () => image(bytes));
    // The other picture never comes, so that nothing can be said of it.
    site.route('/never.jpg', () => new Promise(() => undefined));
    const body = '<section id="above"><input type="checkbox"><div></div></section>';
    site.route(path, () => html(body, `<style>div { width: 400px; height: 300px } ${rule}</style>`));
    await checkEverywhere(session);
    const page = await openPage(session.context);
    await page.goto(site.url(path));
    return page;
  };
  const judged = async (page: Page): Promise<boolean> =>
    (await overlayButtons(page)).some((name) => VERDICT.test(name));

  it.each([
    ['a class', 'section.other > div', `above.className = 'other'`],
    ['an attribute', 'section[data-theme=other] > div', `above.dataset.theme = 'other'`],
    ['a box that is ticked', 'section:has(:checked) > div', `document.querySelector('input').click()`],
  ])('that gives another background for %s above takes the verdict away within a frame', async (name, rule, change) => {
    const page = await withBackground(
      `/rule-${name.length}`,
      `div { background: url(/shown.jpg) } ${rule} { background: url(/never.jpg) }`,
    );
    await expect.poll(() => judged(page)).toBe(true);
    await page.evaluate(change);
    await page.evaluate(
      () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
    );
    expect(await judged(page)).toBe(false);
  });

  it('that gives a background for a class above has it found and judged', async () => {
    const page = await withBackground('/rule-later', 'section.loaded > div { background: url(/shown.jpg) }');
    // After the last look through the whole page.
    await page.waitForTimeout(11_000);
    expect(await overlayButtons(page)).toEqual([]);
    await page.evaluate(() => document.getElementById('above')?.classList.add('loaded'));
    await expect.poll(() => judged(page)).toBe(true);
  });
});

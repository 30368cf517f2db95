import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { VERDICT } from './harness/actions.ts';
import { type OverlayPart, overlayParts } from './harness/closed-roots.ts';
import { openPage } from './harness/open-page.ts';
import { PAGES, servePages } from './harness/pages.ts';
import { usePairedChromium } from './harness/paired-chromium.ts';

const bench = usePairedChromium({ serve: servePages, everywhere: true, viewport: { width: 1280, height: 900 } });

const badges = (page: Page): Promise<OverlayPart[]> => overlayParts(page, 'badge');

/** Opens a page and waits until so many badges have their verdicts. */
async function open(path: string, count: number): Promise<Page> {
  const page = await openPage(bench.session.context);
  await page.goto(bench.site.url(path));
  await expect
    .poll(async () => (await badges(page)).filter(({ name }) => VERDICT.test(name)).length, { timeout: 120_000 })
    .toBe(count);
  // A page is looked at again every 300 ms.
  await page.waitForTimeout(700);
  return page;
}

const overlap = (a: OverlayPart | Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
const boxOf = (page: Page, selector: string): Promise<Box> =>
  page.locator(selector).evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  });

describe('a badge', () => {
  it('keeps off a sticky header that lies over its corner', async () => {
    const page = await open(PAGES.sticky, 1);
    await page.evaluate(() => scrollTo(0, 120));
    await page.waitForTimeout(900);
    const [badge] = await badges(page);
    expect(badge).toBeDefined();
    expect(badge && overlap(badge, await boxOf(page, '#header'))).toBe(false);
    expect(badge && overlap(badge, await boxOf(page, '#t'))).toBe(true);
  });

  it('is one for a background under a transparent picture of the same file', async () => {
    const page = await open(PAGES.feed, 2);
    const stops = await badges(page);
    expect(stops).toHaveLength(2);
  });

  it('is one for a sharp picture on its blurred copy, and stands on the sharp one', async () => {
    const page = await open(PAGES.carousel, 1);
    const all = await badges(page);
    expect(all).toHaveLength(1);
    const sharp = await boxOf(page, '#t');
    const [badge] = all;
    expect(badge && badge.x >= sharp.x && badge.x + badge.width <= sharp.x + sharp.width).toBe(true);
  });

  it('stands on the picture where that is turned, round, clipped, tilted or has bars beside it', async () => {
    const page = await open(PAGES.shapes, 6);
    const points = (await badges(page)).map(({ x, y, width, height }) => [x + width / 2, y + height / 2] as const);
    const found = await page.evaluate((at) => {
      const on = (x: number, y: number) =>
        document.elementsFromPoint(x, y).find((element): element is HTMLImageElement => element.localName === 'img');
      return at.map(([x, y]) => {
        const image = on(x, y);
        if (!image) return 'beside';
        const box = image.getBoundingClientRect();
        const scale = Math.min(box.width / image.naturalWidth, box.height / image.naturalHeight);
        // Of a fitted picture, the bars are no picture.
        if (image.className === 'barred') {
          const half = (image.naturalWidth * scale) / 2;
          if (Math.abs(x - box.x - box.width / 2) > half) return 'on a bar';
        }
        if (image.className === 'up' && y < box.bottom - image.naturalHeight * scale) return 'on a bar';
        return image.className;
      });
    }, points);
    expect(found.toSorted()).toEqual(['barred', 'clipped', 'round', 'tilt', 'turned', 'up']);
  });

  it('leaves the labels of a shop free', async () => {
    const page = await open(PAGES.shop, 1);
    const [badge] = await badges(page);
    for (const label of ['.sale', '.heart'])
      expect(badge && overlap(badge, await boxOf(page, label)), label).toBe(false);
    expect(badge && overlap(badge, await boxOf(page, '#t'))).toBe(true);
  });

  it('goes while something lies over its picture, and comes back', async () => {
    const page = await open(PAGES.lightbox, 1);
    await page.evaluate(() => (window as unknown as { openLightbox(): void }).openLightbox());
    await expect.poll(() => badges(page)).toEqual([]);
    await page.mouse.click(640, 800);
    await expect.poll(async () => (await badges(page)).length).toBe(1);
  });

  it('is no part of what is printed', async () => {
    const page = await open(PAGES.article, 1);
    await page.emulateMedia({ media: 'print' });
    expect(await badges(page)).toEqual([]);
    await page.emulateMedia({ media: 'screen' });
    expect(await badges(page)).toHaveLength(1);
  });

  it('stands on pictures of a page that runs from right to left', async () => {
    const page = await open(PAGES.rightToLeft, 1);
    const [badge] = await badges(page);
    expect(badge && overlap(badge, await boxOf(page, '#t'))).toBe(true);
  });
});

describe('with the companion off', () => {
  it('a checked site says once on each picture that it is not checked, and so does the popup', async () => {
    await bench.companion.stop();
    const page = await openPage(bench.session.context);
    await page.goto(bench.site.url(PAGES.grid));
    await expect
      .poll(async () => (await badges(page)).filter(({ name }) => /Not checked/.test(name)).length, {
        timeout: 120_000,
      })
      .toBe(3);
    const worker = await bench.session.worker();
    const title = await worker.evaluate(() =>
      (
        globalThis as unknown as { chrome: { action: { getTitle(of: object): Promise<string> } } }
      ).chrome.action.getTitle({}),
    );
    expect(title).toContain('Pictures are not checked');
    await bench.companion.start();
    await expect
      .poll(async () => (await badges(page)).filter(({ name }) => VERDICT.test(name)).length, { timeout: 120_000 })
      .toBe(3);
  });
});

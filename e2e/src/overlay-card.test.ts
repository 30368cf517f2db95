import { textOf } from '@touchstone/shared/words';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chooseMenuItem, MENU, rightClickAndCheck, VERDICT } from './harness/actions.ts';
import { clickOverlayButton, overlayParts, waitForOverlay } from './harness/closed-roots.ts';
import { openPage } from './harness/open-page.ts';
import { PAGES, servePages } from './harness/pages.ts';
import { usePairedChromium } from './harness/paired-chromium.ts';

// A small laptop's window: longer cards have to scroll.
const bench = usePairedChromium({ serve: servePages, viewport: { width: 1100, height: 650 } });

const one = async (page: Page, className: string) => (await overlayParts(page, className))[0];
const records = async () => (await bench.companion.history({ limit: 50 })).records;

async function judged(): Promise<Page> {
  const page = await openPage(bench.session.context);
  await page.goto(bench.site.url(PAGES.article));
  await page.bringToFront();
  await rightClickAndCheck(bench.session, page, page.locator('#t'));
  await waitForOverlay(page, VERDICT);
  return page;
}

async function visit(path: string): Promise<Page> {
  const page = await openPage(bench.session.context);
  await page.goto(bench.site.url(path));
  await page.bringToFront();
  return page;
}

describe('an open card', () => {
  it('is joined to its picture by a frame around it and a small copy', async () => {
    const page = await judged();
    const frame = await one(page, 'outline');
    const picture = await page.locator('#t').boundingBox();
    expect(frame?.x).toBeCloseTo(picture?.x ?? Number.NaN, 0);
    expect(frame?.width).toBeCloseTo(picture?.width ?? Number.NaN, 0);
    expect(await one(page, 'thumbnail')).toBeDefined();
    await page.keyboard.press('Escape');
    await expect.poll(() => overlayParts(page, 'outline')).toEqual([]);
  });

  it('is moved by pointer and by keys, and stays in the window', async () => {
    const page = await judged();
    const before = await one(page, 'card');
    const head = await one(page, 'title');
    if (!before || !head) throw new Error('no card');
    await page.mouse.move(head.x + 30, head.y + 10);
    await page.mouse.down();
    await page.mouse.move(head.x - 70, head.y + 50, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => (await one(page, 'card'))?.x).toBeCloseTo(before.x - 100, 0);
    // Let go of, it stays.
    await page.mouse.move(40, 600);
    await page.waitForTimeout(300);
    const dragged = await one(page, 'card');
    expect(dragged?.x).toBeCloseTo(before.x - 100, 0);
    for (let tab = 0; tab < 6 && !(await one(page, 'move'))?.focused; tab += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(async () => (await one(page, 'card'))?.x).toBeLessThan(dragged?.x ?? 0);
    for (let press = 0; press < 60; press += 1) await page.keyboard.press('ArrowLeft');
    await expect.poll(async () => (await one(page, 'card'))?.x).toBeGreaterThanOrEqual(0);
  });

  it('goes with its picture, and leaves a way back to it', async () => {
    const page = await judged();
    await page.evaluate(() => scrollTo(0, 2000));
    await expect.poll(() => overlayParts(page, 'card')).toEqual([]);
    await expect.poll(async () => (await one(page, 'way-back'))?.name).toBe('Back to the picture');
    await clickOverlayButton(page, /Back to the picture/);
    await expect.poll(async () => (await overlayParts(page, 'card')).length).toBe(1);
    expect(await overlayParts(page, 'way-back')).toEqual([]);
  });

  it('is no part of what is printed', async () => {
    const page = await judged();
    for (const part of ['card', 'outline', 'thumbnail']) {
      // A debugger that leaves takes the medium with it.
      await page.emulateMedia({ media: 'screen' });
      await page.emulateMedia({ media: 'print' });
      expect(await overlayParts(page, part), part).toEqual([]);
    }
  });

  it.each([
    ['narrow', { width: 420, height: 650 }],
    ['low', { width: 520, height: 420 }],
  ])('leaves the colours free that it explains, in a %s window', async (_, window) => {
    const page = await openPage(bench.session.context);
    await page.setViewportSize(window);
    await page.goto(bench.site.url(PAGES.article));
    await page.bringToFront();
    await rightClickAndCheck(bench.session, page, page.locator('#t'));
    await waitForOverlay(page, VERDICT);
    await clickOverlayButton(page, new RegExp(textOf('en', 'heat-show')));
    await expect.poll(async () => (await one(page, 'heat')) !== undefined).toBe(true);
    const freeShare = async () => {
      const [heat, card] = [await one(page, 'heat'), await one(page, 'card')];
      if (!heat || !card) return 0;
      const [top, bottom] = [Math.max(0, heat.y), Math.min(window.height, heat.y + heat.height)];
      const covered = Math.max(0, Math.min(bottom, card.y + card.height) - Math.max(top, card.y));
      return 1 - covered / (bottom - top);
    };
    await expect.poll(freeShare).toBeGreaterThan(0.45);
    const [button, body] = [
      (await overlayParts(page, 'button')).find(({ name }) => name === textOf('en', 'heat-hide')),
      await one(page, 'body'),
    ];
    expect(button && body && button.y >= body.y - 1 && button.y < body.y + body.height).toBe(true);
  });

  it('keeps the question "Wrong?" and its thanks in sight, and the focus with them', async () => {
    const page = await judged();
    await clickOverlayButton(page, /Wrong\?/);
    const inBody = async () => {
      const [section, body] = [await one(page, 'label-section'), await one(page, 'body')];
      if (!section || !body) return 'absent';
      return section.y >= body.y - 1 && section.y + section.height <= body.y + body.height + 1
        ? 'in sight'
        : 'out of sight';
    };
    await expect.poll(inBody).toBe('in sight');
    await page.keyboard.press('Enter');
    await waitForOverlay(page, /Undo/);
    expect(await inBody()).toBe('in sight');
    expect((await overlayParts(page, 'button')).find(({ focused }) => focused)?.name).toBe('Undo');
  });
});

describe('what is in view', () => {
  it('is listed and checked picture by picture', async () => {
    const before = (await records()).length;
    const page = await visit(PAGES.grid);
    await chooseMenuItem(bench.session, page, { menu: MENU.viewport });
    await waitForOverlay(page, /Pictures in view/);
    await expect
      .poll(async () => (await overlayParts(page, 'row')).map(({ name }) => VERDICT.test(name)), { timeout: 120_000 })
      .toEqual([true, true, true]);
    const made = (await records()).slice(0, (await records()).length - before);
    expect(made.map(({ source }) => source.path)).toEqual(['original-bytes', 'original-bytes', 'original-bytes']);
    const [row] = await overlayParts(page, 'row');
    if (!row) throw new Error('no row');
    await page.mouse.click(row.x + row.width / 2, row.y + row.height / 2);
    await expect.poll(async () => (await one(page, 'thumbnail')) !== undefined).toBe(true);
  });

  it('is never judged as one screenshot: a person draws a rectangle, and the verdict says what it is about', async () => {
    const before = (await records()).length;
    const page = await visit(PAGES.words);
    await chooseMenuItem(bench.session, page, { menu: MENU.viewport });
    await waitForOverlay(page, /No picture was found in view/);
    expect(await records()).toHaveLength(before);
    await clickOverlayButton(page, /Draw a rectangle/);
    await waitForOverlay(page, /Check this part/);
    await page.mouse.move(20, 200);
    await page.mouse.down();
    await page.mouse.move(420, 520, { steps: 4 });
    await page.mouse.up();
    await clickOverlayButton(page, /Check this part/);
    const text = await waitForOverlay(page, VERDICT);
    expect(text).toContain('A part of the screen that you chose');
    expect(text).toContain('The pixels come from a screenshot');
    const [record] = await records();
    expect(record?.source.path).toBe('screenshot');
    expect(record?.picture.width).toBeLessThan(500);
  });

  it('is not checked in the place of a picture that was meant and not found', async () => {
    const before = (await records()).length;
    const page = await visit(PAGES.words);
    await rightClickAndCheck(bench.session, page, page.locator('#words'));
    await waitForOverlay(page, /There is no picture at this place/);
    await page.waitForTimeout(1000);
    expect(await records()).toHaveLength(before);
    await page.keyboard.press('Escape');
  });
});

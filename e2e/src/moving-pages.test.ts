import { isDeepStrictEqual } from 'node:util';
import type { ResultRecord } from '@touchstone/shared';
import { catalogueOf, textOf } from '@touchstone/shared/words';
import { sayProbability } from '@touchstone/shared/words/format';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { rightClickAndCheck, VERDICT, wordOf } from './harness/actions.ts';
import {
  clickOverlayButton,
  type OverlayPart,
  overlayParts,
  overlayText,
  waitForOverlay,
} from './harness/closed-roots.ts';
import { MOVING_PAGES, OWN_TAB, serveMovingPages } from './harness/moving-pages.ts';
import { openPage } from './harness/open-page.ts';
import { usePairedChromium } from './harness/paired-chromium.ts';

const bench = usePairedChromium({
  serve: serveMovingPages,
  everywhere: true,
  viewport: { width: 1280, height: 900 },
});

async function visit(path: string): Promise<Page> {
  const page = await openPage(bench.session.context);
  await page.goto(bench.site.url(path));
  await page.bringToFront();
  return page;
}

/** What a page can count on having been drawn: the frame under way, and the next one. */
const drawn = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );

interface Sight {
  /** Path of the picture under the middle of the badge; empty where there is none. */
  readonly path: string;
  readonly badge: string;
}

/** Every badge that a person sees, and the picture on which it stands. */
async function seen(page: Page): Promise<Sight[]> {
  const parts = await overlayParts(page, 'badge');
  const middles = parts.map(({ x, y, width, height }) => [x + width / 2, y + height / 2] as const);
  const paths = await page.evaluate(
    (places) =>
      places.map(([x, y]) => {
        for (const element of document.elementsFromPoint(x, y)) {
          const background = /url\("(.*)"\)/.exec(getComputedStyle(element).backgroundImage)?.[1];
          const address = element instanceof HTMLImageElement ? element.currentSrc : background;
          if (address) return new URL(address).pathname;
        }
        return '';
      }),
    middles,
  );
  return parts.map(({ name }: OverlayPart, index) => ({ path: paths[index] ?? '', badge: name }));
}

/** Paths of the pictures of which enough is in view. */
const inView = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.images]
      .filter((picture) => {
        const { top, bottom } = picture.getBoundingClientRect();
        return Math.min(bottom, innerHeight) - Math.max(top, 0) > 80;
      })
      .map(({ currentSrc }) => new URL(currentSrc).pathname)
      .toSorted(),
  );

/** Waits until there are pictures in view, each of which has one badge of its own with a verdict. */
async function allJudged(page: Page): Promise<Sight[]> {
  let sights: Sight[] = [];
  // What is in view is asked anew each time: a page that was just scrolled may not have drawn yet.
  await expect
    .poll(
      async () => {
        const wanted = await inView(page);
        sights = await seen(page);
        const judged = sights
          .filter(({ badge }) => VERDICT.test(badge))
          .map(({ path }) => path)
          .toSorted();
        return { none: wanted.length === 0, alike: isDeepStrictEqual(judged, wanted), judged, wanted };
      },
      { timeout: 120_000 },
    )
    .toMatchObject({ none: false, alike: true });
  return sights;
}

async function recordsByPath(): Promise<Map<string, ResultRecord>> {
  const { records } = await bench.companion.history({ limit: 200 });
  return new Map(records.map((record) => [new URL(record.source.url ?? 'about:blank').pathname, record]));
}

/** What the badge of a record says. */
function saying({ verdict }: ResultRecord): string {
  const { direction, messages } = catalogueOf('en');
  const percent = sayProbability(verdict.probability, { locale: 'en', direction, messages });
  return `${wordOf(verdict)}, ${textOf('en', 'probability-likely').replace('{percent}', percent)}`;
}

/** Every verdict that was seen is that of the picture under it. */
async function expectTrue(sights: readonly Sight[]): Promise<void> {
  const records = await recordsByPath();
  const judged = sights.filter(({ badge }) => VERDICT.test(badge));
  expect(judged).not.toEqual([]);
  const wrong = judged.filter(({ path, badge }) => {
    const record = records.get(path);
    return !record || !badge.includes(saying(record));
  });
  expect(wrong).toEqual([]);
}

/** A right-click on a picture, and its card. @returns the newest record */
async function ask(page: Page, selector: string): Promise<ResultRecord> {
  const target = page.locator(selector).first();
  const address = await target.evaluate((picture: HTMLImageElement) => picture.currentSrc);
  await rightClickAndCheck(bench.session, page, target, { srcUrl: address });
  await expect.poll(async () => (await overlayParts(page, 'card')).length, { timeout: 120_000 }).toBe(1);
  const text = await waitForOverlay(page, /Chance of AI/);
  const record = (await bench.companion.history({ limit: 50 })).records.find(({ source }) => source.url === address);
  if (!record) throw new Error(`no record of ${address}`);
  expect(text).toContain(wordOf(record.verdict));
  return record;
}

describe('a newspaper', () => {
  it('has one badge on each picture, that of its own file, wherever a reader is', async () => {
    const page = await visit(MOVING_PAGES.news);
    const sights: Sight[] = [];
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    for (let top = 0; top < height; top += 450) {
      await page.evaluate((at) => scrollTo(0, at), top);
      await page
        .locator('img')
        .evaluateAll((pictures) =>
          Promise.all(
            pictures
              .filter((picture) => picture.getBoundingClientRect().top < innerHeight)
              .map((picture) => (picture as HTMLImageElement).decode()),
          ),
        );
      sights.push(...(await allJudged(page)));
    }
    await expectTrue(sights);
    expect(new Set(sights.map(({ path }) => path)).size).toBe(5);
  });

  it('takes the verdict away when a narrower window chooses another file, and judges that one', async () => {
    const page = await visit(MOVING_PAGES.news);
    await page.locator('#portrait').scrollIntoViewIfNeeded();
    await expect
      .poll(async () => (await seen(page)).map(({ path }) => path))
      .toContain('/moving/news/portrait-wide.png');
    await allJudged(page);
    await page.setViewportSize({ width: 500, height: 900 });
    await page.waitForFunction(() =>
      (document.getElementById('portrait') as HTMLImageElement).currentSrc.endsWith('portrait.jpg'),
    );
    await page.locator('#portrait').scrollIntoViewIfNeeded();
    await drawn(page);
    const first = (await seen(page)).filter(({ path }) => path.endsWith('portrait.jpg'));
    const later = await allJudged(page);
    await expectTrue([...first, ...later]);
  });

  it('answers a right-click on a picture inside a link, and a press on its badge follows no link', async () => {
    const page = await visit(MOVING_PAGES.news);
    const linked = page.locator('.more img').first();
    await linked.scrollIntoViewIfNeeded();
    await allJudged(page);
    const record = await ask(page, '.more img');
    expect(record.source.pageUrl).toBe(bench.site.url(MOVING_PAGES.news));
    await page.keyboard.press('Escape');
    await allJudged(page);
    const badge = (await overlayParts(page, 'badge')).at(-1);
    if (!badge) throw new Error('no badge');
    await page.mouse.click(badge.x + badge.width / 2, badge.y + badge.height / 2);
    await expect.poll(async () => (await overlayParts(page, 'card')).length).toBe(1);
    expect(page.url()).toBe(bench.site.url(MOVING_PAGES.news));
  });
});

describe('a list that uses its elements again', () => {
  it('never shows the verdict of the entry before on the one that took its element', async () => {
    const page = await visit(MOVING_PAGES.virtualList);
    const sights = await allJudged(page);
    for (const top of [150, 1_230, 2_600, 440]) {
      await page.evaluate((at) => scrollTo(0, at), top);
      await drawn(page);
      sights.push(...(await seen(page)));
    }
    sights.push(...(await allJudged(page)));
    await expectTrue(sights);
    // Nothing is left where no picture is.
    expect(sights.filter(({ path }) => path === '')).toEqual([]);
  });

  it('takes the open card away with its entry, and gives none to what comes in its place', async () => {
    const page = await visit(MOVING_PAGES.virtualList);
    await allJudged(page);
    const record = await ask(page, 'img[src="/moving/list/4"]');
    expect(record.verdict.value).toBe('fake');
    await page.evaluate(() => scrollTo(0, 4_000));
    await drawn(page);
    expect(await overlayParts(page, 'card')).toEqual([]);
    await page.evaluate(() => scrollTo(0, 0));
    await expectTrue(await allJudged(page));
    expect(await overlayParts(page, 'card')).toEqual([]);
  });
});

describe.each([
  ['keeps its element', MOVING_PAGES.kept],
  ['builds its view anew', MOVING_PAGES.replaced],
])('an application that changes its route and %s', (_, path) => {
  it('ends card and badge with the route, and names the new route in the record', async () => {
    const page = await visit(path);
    await allJudged(page);
    const storm = await ask(page, 'img');
    expect(storm.source.url).toBe(bench.site.url('/moving/storm.jpg'));
    await page.evaluate(() => document.querySelectorAll('a')[1]?.click());
    await drawn(page);
    expect(await overlayParts(page, 'card')).toEqual([]);
    const sights = await seen(page);
    const portrait = await ask(page, 'img');
    expect(portrait.source.url).toBe(bench.site.url('/moving/portrait.png'));
    expect(portrait.source.pageUrl).toBe(page.url());
    expect(portrait.verdict.value).toBe('fake');
    await page.keyboard.press('Escape');
    await page.goBack();
    await drawn(page);
    sights.push(...(await seen(page)), ...(await allJudged(page)));
    await expectTrue(sights);
  });

  it('answers again after the reader left the site and came back', async () => {
    const page = await visit(path);
    await allJudged(page);
    await page.goto(bench.site.url(MOVING_PAGES.lazy, 'other.test'));
    await page.goBack();
    await expectTrue(await allJudged(page));
    await ask(page, 'img');
  });
});

describe('pictures that come late', () => {
  it('have no badge while a dot stands for them, and lose that of the small copy when the picture comes', async () => {
    const page = await visit(MOVING_PAGES.lazy);
    await page.waitForTimeout(1_500);
    expect(await seen(page)).toEqual([]);
    const next = () => page.evaluate(() => (window as unknown as { next(): void }).next());
    await next();
    const sights: Sight[] = [];
    await expect.poll(async () => (await seen(page)).map(({ path }) => path)).toEqual(['/moving/low.jpg']);
    sights.push(...(await allJudged(page)));
    await next();
    await drawn(page);
    sights.push(...(await seen(page)));
    await expect
      .poll(async () =>
        (await seen(page))
          .filter(({ badge }) => VERDICT.test(badge))
          .map(({ path }) => path)
          .toSorted(),
      )
      .toEqual(['/moving/behind.png', '/moving/full.jpg']);
    sights.push(...(await seen(page)));
    await expectTrue(sights);
    expect((await ask(page, '#t')).source.url).toBe(bench.site.url('/moving/full.jpg'));
  });

  it('say what is missing when the dot is asked about, and judge nothing', async () => {
    const before = (await bench.companion.history({ limit: 200 })).records.length;
    const page = await visit(MOVING_PAGES.lazy);
    await rightClickAndCheck(bench.session, page, page.locator('#t'));
    await waitForOverlay(page, /There is no picture at this place/);
    await page.waitForTimeout(1_000);
    expect(await overlayText(page)).not.toMatch(VERDICT);
    expect((await bench.companion.history({ limit: 200 })).records).toHaveLength(before);
  });
});

describe('a picture in a tab of its own', () => {
  it('has its badge, keeps it while a reader looks closer, and answers a right-click with the card in the window', async () => {
    const page = await visit(OWN_TAB);
    await expectTrue(await allJudged(page));
    const [width] = await page.locator('img').evaluateAll((all) => all.map((picture) => picture.clientWidth));
    await page.mouse.click(640, 600);
    await expect.poll(() => page.locator('img').evaluate((picture) => picture.clientWidth)).toBeGreaterThan(width ?? 0);
    await expectTrue(await allJudged(page));
    await ask(page, 'img');
    const [card] = await overlayParts(page, 'card');
    expect(card && card.x >= 0 && card.y >= 0 && card.x + card.width <= 1280 && card.y + card.height <= 900).toBe(true);
    await clickOverlayButton(page, /Close/);
    await expect.poll(async () => (await overlayParts(page, 'card')).length).toBe(0);
    await expectTrue(await allJudged(page));
  });
});

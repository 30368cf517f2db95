import type { ResultRecord } from '@touchstone/shared';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MENU, pairThroughPage, rightClickAndCheck } from './harness/actions.ts';
import { type ChromiumSession, launchChromium } from './harness/chromium.ts';
import { makeClips, serveClip } from './harness/clips.ts';
import { overlayText, waitForOverlay } from './harness/closed-roots.ts';
import { type Companion, startCompanion } from './harness/companion.ts';
import { checkEverywhere } from './harness/gallery.ts';
import { openPage } from './harness/open-page.ts';
import { player, toolbarText } from './harness/player-pages.ts';
import { html, type Site, startSite } from './harness/site.ts';

const FEED = ['first', 'second', 'third', 'fourth'] as const;

let companion: Companion;
let site: Site;
let session: ChromiumSession;

beforeAll(async () => {
  [companion, site] = await Promise.all([startCompanion(), startSite()]);
  session = await launchChromium({ publicPorts: [site.port] });
  const { clip } = await makeClips(session.context, site, { clip: { scenes: ['camera', 'drawn'], seconds: 6 } });
  for (const path of ['clip', ...FEED]) serveClip(site, `/${path}`, clip);
  await pairThroughPage(session, companion);
});

afterAll(async () => {
  await session?.close();
  await site?.close();
  await companion?.dispose();
});

async function open(name: string, body: string): Promise<Page> {
  site.route(`/page-${name}`, () => html(body));
  const page = await openPage(session.context);
  await page.goto(site.url(`/page-${name}`));
  return page;
}

/** The records of a page that was closed, the newest first. */
async function recordsOf(name: string, count = 1): Promise<ResultRecord[]> {
  const of = async (): Promise<ResultRecord[]> =>
    (await companion.history({ limit: 200 })).records.filter(
      ({ source }) => source.kind === 'video' && source.pageUrl === site.url(`/page-${name}`),
    );
  await expect.poll(async () => (await of()).length).toBeGreaterThanOrEqual(count);
  return of();
}

/** An element of the page whose shadow root holds a playing video. @param after milliseconds until it gets that root */
const inShadow = (mode: 'open' | 'closed', after: number): string => `<div id="host" style="display:inline-block"></div>
<script>
  setTimeout(() => {
    host.attachShadow({ mode: '${mode}' }).innerHTML = '<p>${player('/clip', 'autoplay loop')}</p>';
  }, ${after});
</script>`;

describe('a video that a person asks about', () => {
  it.each([
    ['same-origin', 'site.test'],
    ['cross-origin', 'frame.test'],
  ])('may be in a %s frame', async (name, host) => {
    site.route(`/inner-${name}`, () => html(player('/clip', 'autoplay loop')));
    const inner = site.url(`/inner-${name}`, host);
    const page = await open(name, `<iframe id="f" src="${inner}" width="640" height="480"></iframe>`);
    const video = page.frameLocator('#f').locator('#v');
    await rightClickAndCheck(session, page, video, { menu: MENU.video, frameUrl: inner });
    await waitForOverlay(page, /Frames seen: [1-9]/);
    await page.close();
    const [record] = await recordsOf(name);
    expect(record?.source).toMatchObject({ path: 'canvas', url: site.url('/clip', host) });
  });

  it.each(['open', 'closed'] as const)('may be in a shadow root that is %s', async (mode) => {
    const page = await open(mode, inShadow(mode, 0));
    await page.waitForFunction(() => (document.getElementById('host')?.clientHeight ?? 0) > 200);
    await rightClickAndCheck(session, page, page.locator('#host'), { menu: MENU.video });
    await waitForOverlay(page, /Frames seen: [1-9]/);
    await page.close();
    const [record] = await recordsOf(mode);
    expect(record?.source).toMatchObject({ path: 'canvas', url: site.url('/clip') });
  });
});

describe('videos on a checked site', () => {
  beforeAll(() => checkEverywhere(session));

  it.each(['open', 'closed'] as const)('are found in a shadow root that is %s, whenever it comes', async (mode) => {
    // Long after the page was looked through for the first time.
    const page = await open(`found-${mode}`, inShadow(mode, 700));
    await waitForOverlay(page, /· [1-9]/);
    await page.close();
    expect((await recordsOf(`found-${mode}`))[0]?.source.url).toBe(site.url('/clip'));
  });

  it('are taken from the screen in a cross-origin frame too, where its own pixels are closed', async () => {
    site.route('/inner-tainted', () => html(player(site.url('/clip', 'cdn.test'), 'autoplay loop')));
    const inner = site.url('/inner-tainted', 'frame.test');
    const page = await open('tainted-frame', `<iframe src="${inner}" width="640" height="480"></iframe>`);
    await waitForOverlay(page, /· [2-9]/);
    await page.close();
    const [record] = await recordsOf('tainted-frame');
    expect(record?.source).toMatchObject({ path: 'screenshot', url: site.url('/clip', 'cdn.test') });
    // The part of the tab where the frame shows its player, and no more of it.
    expect(record?.picture).toMatchObject({ width: 400, height: 225 });
  });

  it('are each a video of their own in a feed that changes what one player plays', async () => {
    const page = await open('feed', player(`/${FEED[0]}`, 'autoplay loop'));
    for (const [index, path] of FEED.entries()) {
      if (index > 0) {
        await page.locator('#v').evaluate((video, src) => {
          (video as HTMLVideoElement).src = src;
        }, `/${path}`);
        // The one before is over when it has its record; what it was judged to be does not stand over this one.
        await recordsOf('feed', index);
        await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      }
      await waitForOverlay(page, /· [1-9]/);
    }
    await page.close();
    const records = await recordsOf('feed', FEED.length);
    expect(records.map(({ source }) => source.url)).toEqual(FEED.map((path) => site.url(`/${path}`)).toReversed());
    for (const { timeline } of records) expect(timeline?.framesAnalyzed).toBeGreaterThan(0);
  });

  it('go on in picture-in-picture, and the toolbar speaks for them', async () => {
    const page = await open(
      'picture',
      `${player('/clip', 'autoplay loop')}<div style="height:4000px"></div><script>
addEventListener('keydown', () => v.requestPictureInPicture())</script>`,
    );
    await waitForOverlay(page, /· [1-9]/);
    await page.keyboard.press('p');
    await page.waitForFunction(() => document.pictureInPictureElement !== null);
    await page.evaluate(() => scrollTo(0, 3000));
    await expect.poll(() => toolbarText(session, page)).toMatch(/^(AI|✓|\?)$/);
    const count = async (): Promise<number> => Number(/· (\d+)/.exec(await overlayText(page))?.[1]);
    const before = await count();
    await expect.poll(count).toBeGreaterThan(before);
    await page.evaluate(() => document.exitPictureInPicture());
    await expect.poll(() => toolbarText(session, page)).toBe('');
  });
});

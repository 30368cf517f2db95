import { TRACK_WINDOW } from '@touchstone/shared';
import type { CDPSession, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from './harness/chromium.ts';
import { type Clip, makeClips, serveClip } from './harness/clips.ts';
import { closedText } from './harness/closed-roots.ts';
import { type Companion, startCompanion } from './harness/companion.ts';
import { openPage } from './harness/open-page.ts';
import { pairByKeyboard } from './harness/pair-by-keyboard.ts';
import { html, type Site, startSite } from './harness/site.ts';
import { useSmallPacks } from './harness/small-packs.ts';
import { launchTabbedChromium, type TabbedChromium } from './harness/tabbed-chromium.ts';

let companion: Companion;
let site: Site;
let session: TabbedChromium;

async function makeClip(): Promise<Clip> {
  const maker = await launchChromium({ publicPorts: [], extension: false });
  try {
    const { long } = await makeClips(maker.context, site, {
      long: { scenes: ['camera'], seconds: 60, width: 320, height: 240, framesPerSecond: 10 },
    });
    return long;
  } finally {
    await maker.close();
  }
}

beforeAll(async () => {
  [companion, site] = await Promise.all([startCompanion(useSmallPacks), startSite()]);
  serveClip(site, '/long', await makeClip());
  session = await launchTabbedChromium([site.port]);
  await pairByKeyboard(session.browser, (await companion.pairing()).url);
  const options = await session.browser.newPage();
  await options.goto(`${session.extensionUrl}/options.html`);
  const everywhere = await options.waitForSelector('input[type=radio][value=everywhere]');
  await everywhere?.evaluate((radio) => (radio as HTMLInputElement).click());
  await options.waitForSelector('input[type=radio][value=everywhere]:checked');
  await options.close();
});

afterAll(async () => {
  await session?.close();
  await site?.close();
  await companion?.dispose();
});

const currentTime = (page: Page): Promise<number> =>
  page.$eval('#v', (video) => (video as HTMLVideoElement).currentTime);
/** Frames seen, as the badge says. */
const seen = async (devtools: CDPSession): Promise<number> =>
  Number(/· (\d+)/.exec(await closedText(devtools))?.[1] ?? Number.NaN);

/** Three times as long as between two frames of a video whose verdict is clear on a busy machine, in its seconds. */
const AWAY_SECONDS = 6;
/** Two frames of the clip: the one on the screen may be a little ahead of the clock of its player, or behind. */
const EDGE_SECONDS = 0.2;
/** The first frame shown on coming back may be the last one that the browser decoded in the background. */
const STALE_SECONDS = 1.5;

/** The page keeps when it was left and when it came into view again, in seconds of the video. */
const KEEP_TIMES = `<script>
  globalThis.at = { hidden: [], visible: [] };
  document.addEventListener('visibilitychange', () => at[document.visibilityState].push(v.currentTime));
</script>`;
const kept = (page: Page, state: 'hidden' | 'visible'): Promise<number[]> =>
  page.evaluate((which) => (globalThis as unknown as { at: Record<string, number[]> }).at[which] ?? [], state);

it('rests while its tab is in the background, and goes on in front', async () => {
  site.route('/watch', () => html(`<video id="v" src="/long" width="320" muted autoplay></video>${KEEP_TIMES}`));
  const page = await openPage(session.browser);
  await page.goto(site.url('/watch'));
  const devtools = await page.createCDPSession();
  await expect.poll(() => seen(devtools)).toBeGreaterThan(0);

  const other = await openPage(session.browser);
  await other.bringToFront();
  await expect.poll(() => kept(page, 'hidden')).not.toEqual([]);
  // The video itself plays on.
  const [hiddenAt = Number.NaN] = await kept(page, 'hidden');
  await expect.poll(() => currentTime(page)).toBeGreaterThan(hiddenAt + AWAY_SECONDS);
  await page.bringToFront();
  await expect.poll(() => kept(page, 'visible')).not.toEqual([]);
  // Answers to frames from before it was left may still be coming, no more than the window: one more is a new frame's.
  const before = await seen(devtools);
  await expect.poll(() => seen(devtools)).toBeGreaterThan(before + TRACK_WINDOW);
  const [left, back] = [await kept(page, 'hidden'), await kept(page, 'visible')];
  await page.close();

  expect([left, back].map(({ length }) => length)).toEqual([1, 1]);
  await expect.poll(async () => (await companion.history()).records.length).toBe(1);
  const [record] = (await companion.history()).records;
  const times = (record?.timeline?.moments ?? []).map(({ time }) => time);
  const [from = Number.NaN, to = Number.NaN] = [...left, ...back];
  expect(times.filter((time) => time <= from + EDGE_SECONDS)).not.toEqual([]);
  expect(times.filter((time) => time > from + EDGE_SECONDS && time < to - STALE_SECONDS)).toEqual([]);
  expect(times.filter((time) => time >= to - STALE_SECONDS)).not.toEqual([]);
});

import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from './harness/chromium.ts';
import { type Clip, makeClips, serveClip } from './harness/clips.ts';
import { closedText } from './harness/closed-roots.ts';
import { type Companion, startCompanion } from './harness/companion.ts';
import { pairByKeyboard } from './harness/pair-by-keyboard.ts';
import { html, type Site, startSite } from './harness/site.ts';
import { launchTabbedChromium, type TabbedChromium } from './harness/tabbed-chromium.ts';

let companion: Companion;
let site: Site;
let session: TabbedChromium;

async function makeClip(): Promise<Clip> {
  const maker = await launchChromium({ publicPorts: [], extension: false });
  try {
    const { long } = await makeClips(maker.context, site, {
      long: { scenes: ['camera'], seconds: 30, width: 320, height: 240, framesPerSecond: 10 },
    });
    return long;
  } finally {
    await maker.close();
  }
}

beforeAll(async () => {
  [companion, site] = await Promise.all([startCompanion(), startSite()]);
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
const visibility = (page: Page): Promise<string> => page.evaluate(() => document.visibilityState);
/** Long enough for three frames at the rate a video starts with, in seconds of the video. */
const AWAY_SECONDS = 2.5;
/** A frame that was drawn just before the tab went away, or just after it came back, in seconds of the video. */
const EDGE_SECONDS = 0.1;

it('rests while its tab is in the background, and goes on in front', async () => {
  site.route('/watch', () => html('<video id="v" src="/long" width="320" muted autoplay></video>'));
  const page = await session.browser.newPage();
  await page.goto(site.url('/watch'));
  const devtools = await page.createCDPSession();
  await expect.poll(() => closedText(devtools), { timeout: 30_000 }).toMatch(/· [1-9]/);

  const other = await session.browser.newPage();
  await other.bringToFront();
  await expect.poll(() => visibility(page)).toBe('hidden');
  const left = await currentTime(page);
  // The video itself plays on.
  await expect.poll(() => currentTime(page), { timeout: 30_000 }).toBeGreaterThan(left + AWAY_SECONDS);
  const cameBack = await currentTime(page);
  await page.bringToFront();
  await expect.poll(() => visibility(page)).toBe('visible');
  const before = Number(/· (\d+)/.exec(await closedText(devtools))?.[1]);
  await expect
    .poll(async () => Number(/· (\d+)/.exec(await closedText(devtools))?.[1]), { timeout: 30_000 })
    .toBeGreaterThan(before);
  await page.close();

  await expect.poll(async () => (await companion.history()).records.length, { timeout: 30_000 }).toBe(1);
  const [record] = (await companion.history()).records;
  const times = (record?.timeline?.moments ?? []).map(({ time }) => time);
  expect(times.filter((time) => time <= left + EDGE_SECONDS)).not.toEqual([]);
  expect(times.filter((time) => time > left + EDGE_SECONDS && time < cameBack - EDGE_SECONDS)).toEqual([]);
  expect(times.filter((time) => time >= cameBack - EDGE_SECONDS)).not.toEqual([]);
});

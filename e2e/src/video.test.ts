import type { ResultRecord } from '@touchstone/shared';
import { probabilityText } from '@touchstone/shared/words';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MENU, pairThroughPage, rightClickAndCheck, wordOf } from './harness/actions.ts';
import { type ChromiumSession, launchChromium } from './harness/chromium.ts';
import { type Clip, makeClips, serveClip } from './harness/clips.ts';
import { overlayButtons, overlayPlace, waitForOverlay } from './harness/closed-roots.ts';
import { type Companion, startCompanion } from './harness/companion.ts';
import { checkEverywhere } from './harness/gallery.ts';
import { openPage } from './harness/open-page.ts';
import { keyed, player, streamed, toolbarText } from './harness/player-pages.ts';
import { html, type Site, startSite } from './harness/site.ts';
import { useSmallPacks } from './harness/small-packs.ts';

const CLIPS = {
  camera: { scenes: ['camera'], seconds: 4 },
  drawn: { scenes: ['drawn'], seconds: 4, seed: 5 },
  spliced: { scenes: ['camera', 'drawn'], seconds: 8, seed: 2 },
  streamed: { scenes: ['drawn', 'camera'], seconds: 4, format: 'mp4', seed: 3 },
  // Ten of these are decoded at the same time.
  light: { scenes: ['camera', 'drawn'], seconds: 8, width: 320, height: 240, framesPerSecond: 10, seed: 7 },
  quiet: { scenes: ['black', 'still'], seconds: 4, seed: 4 },
} as const;

let companion: Companion;
let site: Site;
let session: ChromiumSession;
let clips: Record<keyof typeof CLIPS, Clip>;

beforeAll(async () => {
  [companion, site] = await Promise.all([startCompanion(useSmallPacks), startSite()]);
  session = await launchChromium({ publicPorts: [site.port] });
  clips = await makeClips(session.context, site, CLIPS);
  for (const [name, clip] of Object.entries(clips)) serveClip(site, `/${name}`, clip);
  await pairThroughPage(session, companion);
});

afterAll(async () => {
  await session?.close();
  await site?.close();
  await companion?.dispose();
});

async function open(name: string, body: string, host = 'site.test'): Promise<Page> {
  site.route(`/page-${name}`, () => html(body));
  const page = await openPage(session.context);
  await page.goto(site.url(`/page-${name}`, host));
  return page;
}

const recordsOf = async (pageUrl: string): Promise<ResultRecord[]> => {
  const { records } = await companion.history({ limit: 200 });
  return records.filter(({ source }) => source.kind === 'video' && source.pageUrl === pageUrl);
};

async function recordOf(page: Page): Promise<ResultRecord> {
  await expect.poll(async () => (await recordsOf(page.url())).length).toBeGreaterThan(0);
  const [record] = await recordsOf(page.url());
  if (!record) throw new Error('no record');
  return record;
}

/** What the badge of a page says and its record, once they tell of as many frames. */
async function agreeing(page: Page): Promise<readonly [badge: string, record: ResultRecord]> {
  const look = async () => [(await overlayButtons(page))[0] ?? '', await recordOf(page)] as const;
  let both = await look();
  await expect
    .poll(async () => {
      both = await look();
      return both[0].includes(`Frames seen: ${both[1].timeline?.framesAnalyzed}`);
    })
    .toBe(true);
  return both;
}

const timesOf = ({ timeline }: ResultRecord): number[] => (timeline?.moments ?? []).map(({ time }) => time);
const play = (page: Page): Promise<void> => page.locator('#v').evaluate((video) => (video as HTMLVideoElement).play());
const currentTime = (page: Page): Promise<number> =>
  page.locator('#v').evaluate((video) => (video as HTMLVideoElement).currentTime);
const check = (page: Page): Promise<void> =>
  rightClickAndCheck(session, page, page.locator('#v'), { menu: MENU.video });

describe('a video that a person asks about', () => {
  it('is sampled while it plays; card, timeline and record agree', async () => {
    const page = await open('asked', player('/spliced', '', 560));
    await check(page);
    await waitForOverlay(page, /Play the video|Frames seen/);
    await play(page);
    await waitForOverlay(page, /so far.*Sampling/);
    const text = await waitForOverlay(page, /Open in history/);
    const record = await recordOf(page);
    const { verdict, timeline } = record;
    expect(record).toMatchObject({ lane: 'live', source: { path: 'canvas', url: site.url('/spliced') } });
    expect(text).toContain(wordOf(verdict));
    expect(text).toContain(`Frames seen: ${timeline?.framesAnalyzed}`);
    expect(text).toContain(`Chance of AI: ${probabilityText(verdict.probability, 'en')}`);
    expect(timeline?.duration).toBeCloseTo(8, 0);
    expect(timesOf(record).length).toBeGreaterThan(2);

    // The timeline is a slider: a press goes to that moment, the arrow keys from one moment to the next.
    const { x, y, width } = await overlayPlace(page, 'slider');
    await page.mouse.click(x + width / 2, y + 20);
    await expect.poll(() => currentTime(page)).toBeCloseTo(4, 0);
    await page.keyboard.press('Home');
    await expect.poll(() => currentTime(page)).toBe(0);
    await page.keyboard.press('ArrowRight');
    const next = timesOf(record).find((time) => time > 0.05) ?? Number.NaN;
    await expect.poll(() => currentTime(page)).toBeCloseTo(next, 1);
  });

  it('says so where it is protected', async () => {
    const page = await open('protected', keyed('/camera'), '127.0.0.1');
    await page.waitForFunction(() => (document.getElementById('v') as HTMLVideoElement).mediaKeys !== null);
    await check(page);
    await waitForOverlay(page, /protected against copying/);
    expect(await recordsOf(page.url())).toEqual([]);
  });

  it('can be a canvas that a player paints', async () => {
    const page = await open(
      'canvas',
      `<canvas id="v" width="480" height="270"></canvas><video id="hidden" src="/camera" muted autoplay loop width="4"></video>
<script>const paint = () => { v.getContext('2d').drawImage(hidden, 0, 0, 480, 270); requestAnimationFrame(paint); }; paint()</script>`,
    );
    await check(page);
    await waitForOverlay(page, /Frames seen: [2-9]/);
    await page.close();
    expect((await recordOfClosed('canvas')).timeline?.duration).toBe(null);
  });

  it('can be chosen in the popup, which lists the videos of the tab', async () => {
    const page = await open('listed', player('/drawn', 'autoplay loop title="Shapes"'));
    const popup = await openPage(session.context);
    await popup.addInitScript((url) => {
      const { tabs } = (
        globalThis as unknown as { chrome: { tabs: { query(filter: object): Promise<{ url?: string }[]> } } }
      ).chrome;
      const query = tabs.query.bind(tabs);
      // The popup asks for the tab in front; as a page of its own that would be itself.
      tabs.query = async () => (await query({})).filter((tab) => tab.url === url);
    }, page.url());
    await popup.goto(`chrome-extension://${session.extensionId}/popup.html`);
    await popup.getByRole('button', { name: 'Check Shapes' }).click();
    await page.bringToFront();
    await waitForOverlay(page, /Frames seen: [1-9]/);
    await popup.getByText(/Shapes/).waitFor();
    await popup.getByText(/Frames seen: [1-9]/).waitFor();
  });
});

describe('videos on a checked site', () => {
  beforeAll(() => checkEverywhere(session));

  it('get a badge by themselves, streamed ones too, and a record when they end', async () => {
    const page = await open('streamed', streamed('/streamed', clips.streamed));
    const record = await recordOf(page);
    expect(record.source.url).toMatch(/^blob:/);
    expect(record.source.path).toBe('canvas');
    // Both asked anew, until they say the same.
    const [badge, last] = await agreeing(page);
    expect(badge).toContain(wordOf(last.verdict));
  });

  it('are taken from the screen where another origin closes its pixels', async () => {
    const page = await open('tainted', player(site.url('/camera', 'cdn.test'), 'autoplay loop'));
    await waitForOverlay(page, /(AI|authentic|Unclear) · [2-9]/);
    await page.close();
    const record = await recordOfClosed('tainted');
    expect(record.source.path).toBe('screenshot');
    expect(record.verdict.caveats.map(({ code }) => code)).toContain('screenshot');
  });

  it('count no moment twice when they loop or are wound back', async () => {
    const page = await open('loop', player('/camera', 'autoplay loop'));
    await waitForOverlay(page, /· [2-9]/);
    await page.locator('#v').evaluate((video) => {
      (video as HTMLVideoElement).currentTime = 0.2;
    });
    // After a round without anything new the record is written by itself.
    const times = timesOf(await recordOf(page));
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    // On a busy machine the companion asks for as little as one frame in two seconds.
    expect(times.length).toBeGreaterThan(1);
    expect(Math.min(...gaps)).toBeGreaterThan(0.19);
  });

  it('send neither black nor repeated frames, and not what is too small', async () => {
    const page = await open(
      'quiet',
      `${player('/quiet', 'autoplay')}<video src="/camera" width="90" muted autoplay></video>`,
    );
    const record = await recordOf(page);
    expect(record.timeline?.framesAnalyzed).toBe(1);
    expect(timesOf(record)[0]).toBeGreaterThan(1.9);
    expect(await recordsOf(page.url())).toHaveLength(1);
  });

  it('start anew when the player gets another source', async () => {
    const page = await open('feed', player('/camera', 'autoplay'));
    await waitForOverlay(page, /· [1-9]/);
    await page.locator('#v').evaluate(async (video) => {
      const element = video as HTMLVideoElement;
      element.src = '/drawn';
      await element.play();
    });
    await expect.poll(async () => (await recordsOf(page.url())).length).toBe(2);
    const [second, first] = await recordsOf(page.url());
    expect(first?.source.url).toBe(site.url('/camera'));
    expect(second?.source.url).toBe(site.url('/drawn'));
  });

  it('follow the page into full screen; over a bare video the toolbar speaks', async () => {
    const page = await open(
      'full',
      `<div id="box">${player('/spliced', 'autoplay loop')}</div><script>
addEventListener('keydown', ({ key }) => key === 'b' ? box.requestFullscreen() : key === 'v' ? v.requestFullscreen() : 0)</script>`,
    );
    await waitForOverlay(page, /· [1-9]/);
    await page.keyboard.press('b');
    await page.waitForFunction(() => document.fullscreenElement?.id === 'box');
    await page.waitForFunction(() => (document.getElementById('box')?.children.length ?? 0) > 1);
    await page.evaluate(() => document.exitFullscreen());
    expect(await toolbarText(session, page)).toBe('');
    await page.keyboard.press('v');
    await expect.poll(() => toolbarText(session, page)).toMatch(/^(AI|✓|\?)$/);
    await page.evaluate(() => document.exitFullscreen());
    await expect.poll(() => toolbarText(session, page)).toBe('');
  });

  it('are checked ten at a time, each with its own badge and record', async () => {
    const ten = Array.from({ length: 10 }, (_, index) => `<video src="/light?${index}" muted autoplay loop></video>`);
    const page = await open('ten', `<style>video{width:230px;height:162px}</style>${ten.join('')}`);
    await expect
      .poll(async () => (await overlayButtons(page)).filter((name) => /Frames seen: [1-9]/.test(name)).length, {
        timeout: 240_000,
      })
      .toBe(10);
    await page.close();
    await expect
      .poll(async () => new Set((await recordsOf(site.url('/page-ten'))).map(({ source }) => source.url)).size)
      .toBe(10);
  });

  it('stay one video with one record when the browser ends the background and starts it anew', async () => {
    const page = await open('restarted', player('/spliced', 'autoplay'));
    await waitForOverlay(page, /· [1-9]/);
    await session.stopServiceWorker();
    const stoppedAt = await currentTime(page);
    const record = await recordOf(page);
    expect(timesOf(record)[0]).toBeLessThan(stoppedAt);
    expect(timesOf(record).at(-1)).toBeGreaterThan(stoppedAt);
    expect(await recordsOf(page.url())).toHaveLength(1);
  });

  it('go on with what is known when the companion was killed', async () => {
    const page = await open('killed', player('/spliced', 'autoplay'));
    await waitForOverlay(page, /· [2-9]/);
    await companion.kill();
    const killedAt = await currentTime(page);
    await companion.start();
    const record = await recordOf(page);
    expect(timesOf(record)[0]).toBeLessThan(killedAt);
    expect(timesOf(record).at(-1)).toBeGreaterThan(killedAt);
  });

  it('have their record where the companion came back after their end', async () => {
    const page = await open('ended', player('/spliced', 'autoplay'));
    await waitForOverlay(page, /· [2-9]/);
    await companion.kill();
    const killedAt = await currentTime(page);
    await page.waitForFunction(() => (document.getElementById('v') as HTMLVideoElement).ended);
    await companion.start();
    expect(timesOf(await recordOf(page))[0]).toBeLessThan(killedAt);
  });
});

async function recordOfClosed(name: string): Promise<ResultRecord> {
  const address = site.url(`/page-${name}`);
  await expect.poll(async () => (await recordsOf(address)).length).toBeGreaterThan(0);
  const [record] = await recordsOf(address);
  if (!record) throw new Error('no record');
  return record;
}

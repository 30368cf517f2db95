import type { ResultRecord } from '@touchstone/shared';
import type { Page } from 'playwright-core';
import { pairThroughPage } from './harness/actions.ts';
import { type ChromiumSession, launchChromium } from './harness/chromium.ts';
import { makeClips, serveClip } from './harness/clips.ts';
import { type Companion, startCompanion } from './harness/companion.ts';
import { checkEverywhere } from './harness/gallery.ts';
import { html, type Site, startSite } from './harness/site.ts';
import { type Trace, traced } from './harness/trace.ts';
import type { Row } from './page-bench.ts';

/** Share of frames that sampling may add to the dropped ones, in per cent. */
const DROPPED_PERCENT = 3;
/** Work of the content script for one sampled frame, in milliseconds. */
const FRAME_WORK_MS = 8;
const SECONDS = 12;
/** Turns of each browser: other work on the machine falls on both. */
const ROUNDS = 3;

interface Played extends Trace {
  /** Per cent of the frames. */
  readonly dropped: number;
}

async function play(page: Page, url: string): Promise<Played> {
  await page.goto(url);
  const trace = await traced(page, async () => {
    await page.locator('#v').evaluate((video) => (video as HTMLVideoElement).play());
    await page.waitForFunction(() => (document.getElementById('v') as HTMLVideoElement).ended, undefined, {
      timeout: 10 * SECONDS * 1000,
    });
  });
  const dropped = await page.locator('#v').evaluate((video) => {
    const { droppedVideoFrames, totalVideoFrames } = (video as HTMLVideoElement).getVideoPlaybackQuality();
    return (100 * droppedVideoFrames) / Math.max(1, totalVideoFrames);
  });
  return { ...trace, dropped };
}

async function prepare(session: ChromiumSession, site: Site): Promise<string> {
  const clips = await makeClips(session.context, site, {
    bench: { scenes: ['camera'], seconds: SECONDS, width: 1280, height: 720, framesPerSecond: 30, format: 'mp4' },
  });
  serveClip(site, '/bench.mp4', clips.bench);
  site.route('/bench', () => html('<video id="v" src="/bench.mp4" width="960" muted preload="auto"></video>'));
  return site.url('/bench');
}

/** Records are written when a video ended and its last frames are answered: a busy machine takes a while. */
async function recordsWhenWritten(companion: Companion): Promise<readonly ResultRecord[]> {
  for (let wait = 0; wait < 60; wait += 1) {
    const { records } = await companion.history({ limit: 50 });
    if (records.length >= ROUNDS) return records;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error('the records were not written');
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const spread = (values: readonly number[]): readonly [number, number] => [Math.min(...values), Math.max(...values)];

/** Dropped frames and main-thread time of a playing video, without and with the extension, by turns in one run. */
export async function videoBench(): Promise<Row[]> {
  const [companion, site] = await Promise.all([startCompanion(), startSite()]);
  const [bare, checked] = await Promise.all([
    launchChromium({ publicPorts: [site.port], extension: false }),
    launchChromium({ publicPorts: [site.port] }),
  ]);
  try {
    const url = await prepare(bare, site);
    await pairThroughPage(checked, companion);
    await checkEverywhere(checked);
    const without: Played[] = [];
    const withIt: Played[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [session, into] of [
        [bare, without],
        [checked, withIt],
      ] as const) {
        const page = await session.context.newPage();
        into.push(await play(page, url));
        await page.waitForTimeout(1000);
        await page.close();
      }
    }
    const records = await recordsWhenWritten(companion);
    const frames = records.reduce((sum, { timeline }) => sum + (timeline?.framesAnalyzed ?? 0), 0);
    if (frames === 0) throw new Error('no frame was sampled');
    if (!withIt.every(({ ownTime }) => ownTime)) console.error('Times include what other processes took.');
    const own = withIt.map(({ extensionTasks }) => extensionTasks.reduce((sum, task) => sum + task, 0));
    const perRound = frames / ROUNDS;
    // The tasks that draw a frame are the longest ones of the content script: as many of them as frames were sent.
    const sampling = withIt
      .flatMap(({ extensionTasks }) => extensionTasks)
      .toSorted((a, b) => b - a)
      .slice(0, frames);
    const added = mean(withIt.map(({ dropped }) => dropped)) - mean(without.map(({ dropped }) => dropped));
    const busy = withIt.map(({ busy: value }, round) => (value - (without[round]?.busy ?? 0)) / perRound);
    const row = (name: string, values: readonly number[], unit: string, floor: number, value = mean(values)): Row => ({
      name,
      value,
      unit,
      floor,
      n: frames,
      spread: spread(values),
    });
    const droppedOf = (of: readonly Played[]) => of.map(({ dropped }) => dropped);
    return [
      row('dropped frames without the extension', droppedOf(without), '%', 100),
      row('dropped frames with the extension', droppedOf(withIt), '%', 100),
      row('dropped frames added', droppedOf(withIt), '%', DROPPED_PERCENT, added),
      row('content script, task that samples a frame', sampling, 'ms', FRAME_WORK_MS),
      row(
        'content script in all, by sampled frames',
        own.map((sum) => sum / perRound),
        'ms',
        FRAME_WORK_MS,
      ),
      row('main thread busier in all, by sampled frames', busy, 'ms', FRAME_WORK_MS),
      row('frames sampled a second', [perRound / SECONDS], '/s', 4),
    ];
  } finally {
    await bare.close();
    await checked.close();
    await site.close();
    await companion.dispose();
  }
}

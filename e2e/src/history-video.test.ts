import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERDICT } from './harness/actions.ts';
import { violations } from './harness/axe.ts';
import { type Clip, makeClips } from './harness/clips.ts';
import { type Companion, startCompanion } from './harness/companion.ts';
import { giveFiles, launchPlainBrowser, openHistory } from './harness/history-page.ts';
import { animation } from './harness/pictures.ts';
import { startSite } from './harness/site.ts';
import { useSmallPacks } from './harness/small-packs.ts';

let companion: Companion;
let browser: Browser;
let page: Page;
let clips: Record<'spliced', Clip>;

beforeAll(async () => {
  [companion, browser] = await Promise.all([startCompanion(useSmallPacks), launchPlainBrowser()]);
  const site = await startSite();
  const context = await browser.newContext();
  clips = await makeClips(context, site, {
    spliced: { scenes: ['camera', 'drawn'], seconds: 4, width: 320, height: 180 },
  });
  await context.close();
  await site.close();
  page = await openHistory(browser, companion);
  page.setDefaultTimeout(240_000);
});

afterAll(async () => {
  await browser?.close();
  await companion?.dispose();
});

const tray = (name: string) => page.locator('.tray-row').filter({ hasText: name });

async function chooseStarter(): Promise<void> {
  await page.getByRole('button', { name: /^Check again/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Model pack/ })
    .click();
  await page.getByRole('option', { name: 'starter' }).click();
}

describe('video files on the history page', () => {
  it('are checked when dropped, and shown over time with pictures', async () => {
    await giveFiles(page, 'drop', [{ name: 'spliced.webm', type: 'video/webm', bytes: clips.spliced.bytes }]);
    await tray('spliced.webm').getByText(VERDICT).waitFor();
    await page.getByRole('row', { name: /spliced\.webm.*Video 0:04/ }).click();
    await page.getByRole('heading', { name: 'Score over time' }).waitFor();
    const { records } = await companion.history();
    const { timeline } = records[0] ?? {};
    expect(timeline?.moments.length).toBeGreaterThan(2);
    await page.getByText(new RegExp(`^${timeline?.framesAnalyzed} frames analyzed`)).waitFor();
    const peaks = page.locator('.peak img');
    await expect.poll(() => peaks.count()).toBe(timeline?.peaks?.length);
    // Pictures below the window are loaded when somebody scrolls to them.
    await peaks.first().scrollIntoViewIfNeeded();
    expect(await peaks.first().evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth))).toBe(
      320,
    );
    await page.getByRole('button', { name: 'Close the list of files' }).click();
  });

  it('have moments that keys reach, and the same as a table', async () => {
    const slider = page.getByRole('slider', { name: 'Moments that were checked' });
    await slider.press('Home');
    const first = await slider.getAttribute('aria-valuetext');
    await slider.press('ArrowRight');
    expect(await slider.getAttribute('aria-valuenow')).toBe('1');
    expect(await slider.getAttribute('aria-valuetext')).not.toBe(first);
    await page.getByText('Show as a table').click();
    const { records } = await companion.history();
    const moments = page.getByRole('group', { name: 'Moments' }).getByRole('row');
    expect(await moments.count()).toBe((records[0]?.timeline?.moments.length ?? 0) + 1);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Evidence' }).click();
    await page.getByText('Frame rate').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('are checked again with another pack, without choosing the file again while the page is open', async () => {
    const { records: before } = await companion.history();
    await page.getByRole('tab', { name: 'Result' }).click();
    await chooseStarter();
    await page.getByRole('dialog').getByRole('button', { name: 'Check again', exact: true }).click();
    await page.getByRole('region', { name: 'Later check' }).getByText('starter').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const { records } = await companion.history();
    expect(records[0]).toMatchObject({ recheckOf: before[0]?.id, pack: { name: 'starter' } });
  });

  it('are checked again later too, when the file is chosen once more', async () => {
    const { records: before } = await companion.history();
    await page.reload();
    await page.getByRole('heading', { name: 'Score over time' }).waitFor();
    await chooseStarter();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Choose the file…' }).click(),
    ]);
    await chooser.setFiles({ name: 'spliced.webm', mimeType: 'video/webm', buffer: clips.spliced.bytes });
    await page.getByRole('region', { name: 'Later check' }).getByText('starter').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const { records } = await companion.history();
    expect(records).toHaveLength(before.length + 1);
    expect(records[0]?.recheckOf).toBe(before.at(-1)?.id);
  });

  it('say what is wrong, and stop when cancelled', async () => {
    // Never answered, so that there is time to cancel however fast the companion is.
    await page.route(/check-video\?fileName=long/, () => undefined);
    await giveFiles(page, 'drop', [
      { name: 'old.avi', type: '', bytes: Buffer.alloc(4096, 7) },
      { name: 'long.webm', type: 'video/webm', bytes: clips.spliced.bytes },
    ]);
    await tray('old.avi').getByText('video-unreadable').waitFor();
    await tray('long.webm').getByRole('button', { name: 'Cancel long.webm' }).click();
    await tray('long.webm').getByText('Cancelled').waitFor();
    const { records } = await companion.history();
    expect(records.map(({ source }) => source.fileName)).not.toContain('long.webm');
    await page.getByRole('button', { name: 'Close the list of files' }).click();
  });

  it('may be a picture that moves', async () => {
    const bytes = await animation(7, 'webp', 8, 250);
    await giveFiles(page, 'drop', [{ name: 'moving.webp', type: 'image/webp', bytes }]);
    await tray('moving.webp').getByText(VERDICT).waitFor();
    const { records } = await companion.history();
    expect(records[0]).toMatchObject({ source: { kind: 'video' }, timeline: { media: { container: 'webp' } } });
    await page.getByRole('button', { name: 'Close the list of files' }).click();
  });

  it('are found by their kind', async () => {
    await page.getByText('Video', { exact: true }).first().click();
    await expect.poll(() => page.locator('[role="row"]').count()).toBeGreaterThan(0);
    expect(page.url()).toContain('kind=video');
  });
});

import { textOf } from '@touchstone/shared/words';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pairThroughPage, rightClickAndCheck, VERDICT } from './harness/actions.ts';
import { type ChromiumSession, launchChromium } from './harness/chromium.ts';
import { clickOverlayButton, overlayText, waitForOverlay } from './harness/closed-roots.ts';
import { type Companion, startCompanion } from './harness/companion.ts';
import { openPage } from './harness/open-page.ts';
import { picture } from './harness/pictures.ts';
import { html, image, type Site, startSite } from './harness/site.ts';
import { useSmallPacks } from './harness/small-packs.ts';

/** Of each class. */
const PICTURES = 5;
const FIRST_SEED = 1400;
const WORK_MS = 240_000;
/** Two that nobody labels: checked with the taught pack, and after it was taken back. */
const [TAUGHT, TAKEN_BACK] = [2 * PICTURES, 2 * PICTURES + 1];

let companion: Companion;
let site: Site;
let session: ChromiumSession;

beforeAll(async () => {
  [companion, site] = await Promise.all([startCompanion(useSmallPacks), startSite()]);
  const names = Array.from({ length: 2 * PICTURES + 2 }, (_, index) => index);
  for (const index of names) {
    const bytes = await picture(FIRST_SEED + index);
    site.route(`/${index}.jpg`, () => image(bytes));
  }
  site.route('/gallery', () =>
    html(names.map((index) => `<img id="p${index}" src="/${index}.jpg" width="320" height="240">`).join('')),
  );
  session = await launchChromium({ publicPorts: [site.port] });
  await pairThroughPage(session, companion);
});

afterAll(async () => {
  await session?.close();
  await site?.close();
  await companion?.dispose();
});

/** A right-click, as a person does. @returns what the card says */
async function ask(page: Page, index: number): Promise<string> {
  await page.bringToFront();
  await rightClickAndCheck(session, page, page.locator(`#p${index}`), { srcUrl: site.url(`/${index}.jpg`) });
  await expect
    .poll(async () => (await companion.history({ limit: 1 })).records[0]?.source.url, { timeout: WORK_MS })
    .toBe(site.url(`/${index}.jpg`));
  return waitForOverlay(page, VERDICT);
}

it(
  'ten pictures labelled on a page teach a pack, which a right-click then speaks with, until it is taken back',
  async () => {
    const page = await openPage(session.context);
    await page.goto(site.url('/gallery'));
    for (let index = 0; index < 2 * PICTURES; index += 1) {
      await ask(page, index);
      await clickOverlayButton(page, /Wrong\?/);
      const label = textOf('en', index < PICTURES ? 'label-fake' : 'label-real');
      await waitForOverlay(page, new RegExp(label));
      await clickOverlayButton(page, new RegExp(label));
      await waitForOverlay(page, /Undo/);
      await page.keyboard.press('Escape');
    }
    const history = await openPage(session.context);
    await history.goto(await companion.historyLink());
    await history.getByRole('button', { name: 'Teach', exact: true }).click();
    await history.getByRole('button', { name: 'Take my labels' }).click();
    await history.getByText(`${PICTURES} AI, ${PICTURES} real`).waitFor({ timeout: WORK_MS });
    // One page is one site, and a site is never parted.
    await history.getByText('Too few sources to set some aside: nothing will be tested.').waitFor();
    await history.locator('.teach-form').getByRole('button', { name: 'Teach' }).click();
    await history.getByText('Too few pictures to tell whether it is better.').waitFor({ timeout: WORK_MS });
    await history.getByRole('button', { name: 'Use this pack' }).click();
    await history.getByRole('button', { name: 'Back to the pack before' }).waitFor();

    await ask(page, TAUGHT);
    expect(await overlayText(page)).toContain('mine 1');
    const newest = async () => (await companion.history({ limit: 1 })).records[0]?.pack;
    expect(await newest()).toMatchObject({ name: 'mine', version: '1' });

    await history.bringToFront();
    await history.getByRole('button', { name: 'Back to the pack before' }).click();
    await history.getByRole('button', { name: 'Use this pack' }).waitFor();
    await page.keyboard.press('Escape');
    await ask(page, TAKEN_BACK);
    expect(await overlayText(page)).not.toContain('mine 1');
    expect((await newest())?.name).not.toBe('mine');
  },
  3 * WORK_MS,
);

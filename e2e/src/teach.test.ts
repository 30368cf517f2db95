import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './harness/axe.ts';
import { type Companion, startCompanion } from './harness/companion.ts';
import { giveFiles, launchPlainBrowser, openHistory } from './harness/history-page.ts';
import { picture } from './harness/pictures.ts';
import { useSmallPacks } from './harness/small-packs.ts';

/** Of each class. */
const PICTURES = 5;
const FIRST_SEED = 1200;
const WORK_MS = 240_000;

let companion: Companion;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [companion, browser] = await Promise.all([startCompanion(useSmallPacks), launchPlainBrowser()]);
  page = await openHistory(browser, companion);
});

afterAll(async () => {
  await browser?.close();
  await companion?.dispose();
});

async function check(seed: number): Promise<void> {
  await giveFiles(page, 'drop', [{ name: `${seed}.jpg`, type: 'image/jpeg', bytes: await picture(seed) }]);
  await page.getByRole('row', { name: new RegExp(`${seed}`) }).waitFor({ timeout: WORK_MS });
}

const newest = async () => (await companion.history({ limit: 1 })).records[0];

describe('Teach page', () => {
  it(
    'teaches from ten labelled pictures, says that these are too few, is used by the next check, and is taken back',
    async () => {
      for (let index = 0; index < 2 * PICTURES; index += 1) {
        const seed = FIRST_SEED + index;
        await check(seed);
        await page.getByRole('row', { name: new RegExp(`${seed}`) }).click();
        const label = page.getByRole('radio', { name: index < PICTURES ? 'Made by AI' : 'From a camera' });
        await label.click();
        await expect.poll(() => label.getAttribute('aria-checked')).toBe('true');
      }
      await page.getByRole('button', { name: 'Teach', exact: true }).click();
      await page.getByRole('heading', { level: 2, name: 'Teach' }).waitFor();
      await page.getByRole('button', { name: 'Take my labels' }).click();
      await page.getByText(`${PICTURES} AI, ${PICTURES} real`).waitFor({ timeout: WORK_MS });
      await page.getByText('Fewer than 50 of a class').waitFor();
      await page.locator('.teach-form').getByRole('button', { name: 'Teach' }).click();
      await page.getByText('Too few pictures to tell whether it is better.').waitFor({ timeout: WORK_MS });
      await page.getByRole('heading', { name: 'Right and wrong' }).waitFor();
      await page.locator('.teach-matrix button').filter({ hasNotText: /^0$/ }).first().click();
      await page.locator('.teach-pictures img').first().waitFor();
      expect(await violations(page)).toEqual([]);
      if (process.env.TOUCHSTONE_SHOTS) {
        await mkdir(process.env.TOUCHSTONE_SHOTS, { recursive: true });
        await page.screenshot({ path: `${process.env.TOUCHSTONE_SHOTS}/teach-light.png`, fullPage: true });
      }

      await page.getByRole('button', { name: 'Use this pack' }).click();
      await page.getByRole('button', { name: 'Back to the pack before' }).waitFor();
      await page.getByRole('button', { name: 'Back to the history' }).click();
      await check(FIRST_SEED + 50);
      expect((await newest())?.pack).toMatchObject({ name: 'mine', version: '1' });

      await page.getByRole('button', { name: 'Teach', exact: true }).click();
      await page.getByRole('button', { name: 'Back to the pack before' }).click();
      await page.getByRole('button', { name: 'Use this pack' }).waitFor();
      await page.getByRole('button', { name: 'Back to the history' }).click();
      await check(FIRST_SEED + 51);
      expect((await newest())?.pack.name).not.toBe('mine');
    },
    3 * WORK_MS,
  );

  it.each(['light', 'dark'] as const)(
    'fits a telephone in %s, and breaks no rule of accessibility',
    async (colorScheme) => {
      const narrow = await openHistory(browser, companion, { colorScheme, viewport: { width: 360, height: 780 } });
      await narrow.goto(`http://127.0.0.1:${companion.port}/?view=teach`);
      await narrow.getByRole('heading', { name: 'Right and wrong' }).waitFor();
      if (process.env.TOUCHSTONE_SHOTS) {
        await narrow.screenshot({
          path: `${process.env.TOUCHSTONE_SHOTS}/teach-360-${colorScheme}.png`,
          fullPage: true,
        });
      }
      const wider = await narrow.evaluate(() => {
        const main = document.querySelector('.system-page');
        return [document.documentElement, main].map((one) => (one ? one.scrollWidth - one.clientWidth : Number.NaN));
      });
      expect(wider).toEqual([0, 0]);
      expect(await violations(narrow)).toEqual([]);
      await narrow.context().close();
    },
  );
});

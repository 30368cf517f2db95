import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { violations } from './harness/axe.ts';
import { giveFiles, openHistory } from './harness/history-page.ts';
import { picture } from './harness/pictures.ts';
import { expectToFitTelephones, useSmallHistory } from './harness/small-history.ts';

/** Of each class. */
const PICTURES = 5;
const FIRST_SEED = 1200;
const WORK_MS = 240_000;
const BEGIN_MAP = { en: 'Draw the map', de: 'Karte zeichnen', ar: 'ارسم الخريطة' } as const;

const history = useSmallHistory();
let page: Page;
beforeAll(() => {
  page = history.page;
});

async function check(seed: number): Promise<void> {
  await giveFiles(page, 'drop', [{ name: `${seed}.jpg`, type: 'image/jpeg', bytes: await picture(seed) }]);
  await page.getByRole('row', { name: new RegExp(`${seed}`) }).waitFor({ timeout: WORK_MS });
}

const newest = async () => (await history.companion.history({ limit: 1 })).records[0];

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

  it(
    'shows the pictures as a map, where keys, a drawn line and a table choose what is called anew',
    async () => {
      await page.goto(`http://127.0.0.1:${history.companion.port}/?view=teach`);
      await page.getByRole('button', { name: 'Draw the map' }).click();
      const map = page.getByRole('listbox', { name: 'Map of the pictures' });
      await map.waitFor({ timeout: WORK_MS });
      const chosen = (count: number) => page.getByText(`${count} picture${count === 1 ? '' : 's'} chosen`).waitFor();
      await map.focus();
      await page.keyboard.press('Space');
      await chosen(1);
      await page.keyboard.press('Escape');
      await page.getByText('None chosen').waitFor();
      await page.keyboard.press('Control+a');
      await chosen(2 * PICTURES);
      await page.keyboard.press('Escape');

      const box = await map.boundingBox();
      if (!box) throw new Error('no map');
      const at = (x: number, y: number): [number, number] => [box.x + x * box.width, box.y + y * box.height];
      await page.mouse.move(...at(0.01, 0.01));
      await page.mouse.down();
      for (const [x, y] of [
        [0.99, 0.01],
        [0.99, 0.99],
        [0.01, 0.99],
      ] as const)
        await page.mouse.move(...at(x, y), { steps: 5 });
      await page.mouse.up();
      await chosen(2 * PICTURES);
      await page.locator('.teach-chosen img').first().waitFor();
      await page.getByRole('button', { name: 'Choose none' }).click();

      const section = page.getByRole('region', { name: 'Map of the pictures' });
      await section.getByText('As a table').click();
      const named = section.getByRole('row', { name: /Really real/ }).first();
      await named.locator('label').click();
      await chosen(1);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Call them AI' }).click();
      await page.getByText(`${PICTURES + 1} AI, ${PICTURES - 1} real`).waitFor();
      await page.getByText('None chosen').waitFor();
    },
    WORK_MS,
  );

  it('teaches the nearest neighbours with a number that was set', async () => {
    await page.getByText('The nearest pictures vote').click();
    await page.getByText('Fine settings').click();
    await page.getByRole('textbox', { name: 'Pictures that vote (k)' }).fill('3');
    await page.getByRole('textbox', { name: 'Seed' }).fill('7');
    await page.keyboard.press('Tab');
    await page.locator('.teach-form').getByRole('button', { name: 'Teach' }).click();
    await page.getByText('mine@2').first().waitFor({ timeout: WORK_MS });
    await page.locator('.teach-matrix button').filter({ hasNotText: /^0$/ }).first().click();
    await page.locator('.teach-reasons li').first().waitFor();
    if (process.env.TOUCHSTONE_SHOTS) {
      const matrix = page.locator('.figure-section').filter({ has: page.locator('.teach-matrix') });
      await matrix.screenshot({ path: `${process.env.TOUCHSTONE_SHOTS}/teach-reasons.png` });
    }
    expect(await violations(page)).toEqual([]);
  });

  it('takes a folder that was chosen, one that was dropped, and the demo set, called what it is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'touchstone-teach-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const given = await Promise.all(
      [0, 1, 2, 3].map(async (index) => ({ name: `${index}.jpg`, bytes: await picture(FIRST_SEED + 70 + index) })),
    );
    for (const [index, { name, bytes }] of given.entries()) {
      const into = join(folder, 'mine', index < 2 ? 'ai' : 'real');
      await mkdir(into, { recursive: true });
      await writeFile(join(into, name), bytes);
    }
    const other = await openHistory(history.browser, history.companion);
    onTestFinished(() => other.context().close());
    await other.getByRole('button', { name: 'Teach', exact: true }).click();
    await other.locator('input[webkitdirectory]').setInputFiles(join(folder, 'mine'));
    await other.getByText('2 AI, 2 real').waitFor({ timeout: WORK_MS });

    const labels = `path,label\n${given.map(({ name }, index) => `${name},${index < 3 ? 'ai' : 'real'}`).join('\n')}\n`;
    await giveFiles(other, 'drop', [
      ...given.map(({ name, bytes }) => ({ name, type: 'image/jpeg', bytes })),
      { name: 'labels.csv', type: 'text/csv', bytes: Buffer.from(labels) },
    ]);
    await other.getByText('3 AI, 1 real').waitFor({ timeout: WORK_MS });

    const demo = other.getByRole('button', { name: 'Take the demo set' });
    await demo.focus();
    await other.keyboard.press('Enter');
    await other.getByText('66 AI, 65 real').waitFor({ timeout: WORK_MS });
    await other.getByText('No generator made these pictures').waitFor();
    expect(await violations(other)).toEqual([]);
    if (process.env.TOUCHSTONE_SHOTS) {
      await mkdir(process.env.TOUCHSTONE_SHOTS, { recursive: true });
      await other.screenshot({ path: `${process.env.TOUCHSTONE_SHOTS}/teach-demo.png`, fullPage: true });
    }
    // The pictures that the tests below look at are the newest again.
    const { api } = history.companion;
    const { datasets } = await api<{ datasets: { id: string }[] }>('GET', '/api/teach/datasets');
    for (const { id } of datasets.slice(0, 3)) await api('DELETE', `/api/teach/datasets/${id}`);
  });

  it('says how many pictures went with their records', async () => {
    const [, , labelled] = (await history.companion.history({ limit: 5 })).records;
    if (!labelled) throw new Error('no record');
    await history.companion.deleteRecords([labelled.id]);
    await page.getByText('1 picture was removed with its record.').waitFor();
  });

  it.each([
    ['light', 'de'],
    ['dark', 'ar'],
  ] as const)('fits a telephone in %s and %s, and breaks no rule of accessibility', async (colorScheme, locale) => {
    await expectToFitTelephones(history, 'teach', { colorScheme, locale }, async (narrow) => {
      await narrow.locator('.teach-matrix').waitFor();
      await narrow.locator('.figure-section button.button').filter({ hasText: BEGIN_MAP[locale] }).click();
      await narrow.getByRole('listbox').waitFor({ timeout: WORK_MS });
      for (const summary of await narrow.locator('.teach-form summary').all()) await summary.click();
      if (!process.env.TOUCHSTONE_SHOTS) return;
      await narrow.screenshot({
        path: `${process.env.TOUCHSTONE_SHOTS}/teach-360-${colorScheme}-${locale}.png`,
        fullPage: true,
      });
      const map = narrow.locator('.figure-wide').filter({ has: narrow.getByRole('listbox') });
      await map.screenshot({ path: `${process.env.TOUCHSTONE_SHOTS}/teach-map-${colorScheme}-${locale}.png` });
    });
  });
});

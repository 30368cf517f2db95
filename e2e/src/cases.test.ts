import { mkdir, readFile } from 'node:fs/promises';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './harness/axe.ts';
import { type Companion, startCompanion } from './harness/companion.ts';
import { giveFiles, launchPlainBrowser, openHistory } from './harness/history-page.ts';
import { picture } from './harness/pictures.ts';
import { useSmallPacks } from './harness/small-packs.ts';

const NAMES = ['harbour.jpg', 'quay.jpg', 'desert.jpg'] as const;
/** A check, or an answer, on a machine that has much else to do. */
const WORK_MS = 240_000;
const ANSWER_MS = 240_000;
const SHOTS = process.env.TOUCHSTONE_SHOTS;

let companion: Companion;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [companion, browser] = await Promise.all([startCompanion(useSmallPacks), launchPlainBrowser()]);
  page = await openHistory(browser, companion);
  page.setDefaultTimeout(ANSWER_MS);
  for (const [index, name] of NAMES.entries()) {
    await giveFiles(page, 'drop', [{ name, type: 'image/jpeg', bytes: await picture(1500 + index) }]);
    await row(name).waitFor({ timeout: WORK_MS });
  }
  await page.getByRole('button', { name: 'Close the list of files' }).click();
});

afterAll(async () => {
  await browser?.close();
  await companion?.dispose();
});

const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
const rows = () => page.locator('.grid [role="row"]');

async function shoot(shown: Page, name: string): Promise<void> {
  if (!SHOTS) return;
  await mkdir(SHOTS, { recursive: true });
  await shown.screenshot({ path: `${SHOTS}/${name}.png` });
}

// In this order: each goes on with what the one before made.
describe('cases', { timeout: 2 * WORK_MS }, () => {
  it('are made, by keys alone', async () => {
    await page.getByRole('button', { name: 'Cases', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: 'Cases' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'New case' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Name' }).waitFor();
    // The dialog begins at its first question.
    await page.keyboard.type('Fire in the harbour');
    await page.keyboard.press('Tab');
    await page.keyboard.type('One night, two quays.');
    await page.getByRole('textbox', { name: 'Add a tag' }).focus();
    await page.keyboard.type('news');
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: 'news' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await shoot(page, 'cases-new');
    await page.getByRole('button', { name: 'Make the case' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 3, name: 'Fire in the harbour' }).waitFor();
    await page.getByText('0 results').waitFor();
    await page.getByRole('button', { name: 'Back to the history' }).click();
  });

  it('take in results that are selected in the list', async () => {
    for (const name of NAMES.slice(0, 2)) await row(name).locator('.cell-select').click();
    await page.getByRole('button', { name: 'Add to case' }).click();
    await page.getByRole('radio', { name: /Fire in the harbour/ }).waitFor();
    await shoot(page, 'cases-add');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Add to case' }).click();
    await page.getByText('2 results added to Fire in the harbour.').waitFor();
    expect((await companion.api<{ cases: { records: number }[] }>('GET', '/api/cases')).cases).toMatchObject([
      { records: 2 },
    ]);
  });

  it('are what the list is filtered by, and a result is noted and tagged', async () => {
    await page.getByRole('button', { name: 'Cases', exact: true }).click();
    await page.getByRole('button', { name: 'Show its results' }).click();
    await page.getByRole('region', { name: 'Case', exact: true }).getByText('One night, two quays.').waitFor();
    await expect.poll(() => rows().count()).toBe(2);
    await row('harbour.jpg').click();
    await page.getByRole('heading', { name: 'Cases, tags and note' }).waitFor();
    await page.getByRole('textbox', { name: 'Note' }).fill('Sent by a reader.');
    // The keys of the list are the text's while one is written.
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('heading', { level: 2, name: 'harbour.jpg' }).waitFor();
    await page.getByRole('button', { name: 'Save the note' }).click();
    await page.getByRole('textbox', { name: 'Add a tag' }).fill('mail');
    await page.keyboard.press('Enter');
    const id = new URL(page.url()).searchParams.get('record');
    await expect
      .poll(() => companion.api('GET', `/api/history/records/${id}`))
      .toMatchObject({ note: 'Sent by a reader.', tags: ['mail'], cases: [{ name: 'Fire in the harbour' }] });
    await shoot(page, 'cases-filtered');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Close the details' }).click();
  });

  it('leave as one report with every result, its step, date and packs, and that it is no proof', async () => {
    const region = page.getByRole('region', { name: 'Case', exact: true });
    await region.getByRole('button', { name: 'Report' }).click();
    const [download] = (await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Report (HTML)' }).click(),
    ])) as [Download, undefined];
    expect(download.suggestedFilename()).toMatch(/^touchstone-case-fire-in-the-harbour-\d{4}-\d\d-\d\d\.html$/);
    const html = await readFile(await download.path(), 'utf8');
    const report = await (await browser.newContext({ viewport: { width: 688, height: 1001 } })).newPage();
    await report.setContent(html);
    expect(await report.locator('section.entry h2').allTextContents()).toEqual(['1. quay.jpg', '2. harbour.jpg']);
    expect(await report.locator('section.entry .verdict strong').count()).toBe(2);
    expect(await report.locator('section.entry').filter({ hasText: 'An estimate, never proof.' }).count()).toBe(2);
    expect(await report.locator('.results tbody tr').count()).toBe(2);
    expect(await report.getByText('Sent by a reader.').count()).toBe(1);
    expect(await report.getByText('desert.jpg').count()).toBe(0);
    // Each picture is drawn, from the file itself.
    const drawn = await report
      .locator('figure img')
      .evaluateAll((all) => all.map((one) => (one instanceof HTMLImageElement ? one.naturalWidth : 0)));
    expect(drawn.filter((width) => width > 0)).toHaveLength(2);
    await report.emulateMedia({ media: 'print' });
    const wider = await report.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider).toBe(0);
    if (SHOTS) await report.screenshot({ path: `${SHOTS}/cases-report.png`, fullPage: true });
    await report.context().close();
  });

  it.each([
    ['light', 'de'],
    ['dark', 'ar'],
  ] as const)('fit a telephone in %s and %s, and break no rule of accessibility', async (colorScheme, language) => {
    const narrow = await openHistory(browser, companion, { colorScheme, viewport: { width: 360, height: 780 } });
    narrow.setDefaultTimeout(ANSWER_MS);
    await narrow.evaluate((chosen) => localStorage.setItem('touchstone.language', chosen), language);
    const { cases } = await companion.api<{ cases: { id: string }[] }>('GET', '/api/cases');
    for (const [name, query, shown] of [
      ['page', 'view=cases', '.case'],
      ['list', `case=${cases[0]?.id}`, '.case-head h2'],
    ] as const) {
      await narrow.goto(`http://127.0.0.1:${companion.port}/?${query}`);
      await narrow.locator(shown).first().waitFor();
      await shoot(narrow, `cases-${name}-360-${colorScheme}-${language}`);
      const wider = await narrow.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect([name, wider]).toEqual([name, 0]);
      expect(await violations(narrow)).toEqual([]);
    }
    await narrow.context().close();
  });

  it('stand in line in a language that runs from right to left, whatever the direction of names and notes', async () => {
    const arabic = await openHistory(browser, companion);
    arabic.setDefaultTimeout(ANSWER_MS);
    await arabic.evaluate(() => localStorage.setItem('touchstone.language', 'ar'));
    const { cases } = await companion.api<{ cases: { id: string }[] }>('GET', '/api/cases');
    await arabic.goto(`http://127.0.0.1:${companion.port}/?case=${cases[0]?.id}`);
    await arabic.locator('.case-head h2').waitFor();
    const { names, note, marks } = await arabic.evaluate(() => {
      const words = (element: Element | null | undefined) => {
        const range = document.createRange();
        if (element) range.selectNodeContents(element);
        return range.getBoundingClientRect();
      };
      return {
        // How far the words of a name begin from those below it.
        names: [...document.querySelectorAll('.row-text')].map((text) =>
          Math.round(words(text.querySelector('.row-name')).right - words(text.querySelector('.row-facts bdi')).right),
        ),
        note: Math.round(
          (document.querySelector('.case-head .case-note')?.getBoundingClientRect().right ?? 0) -
            words(document.querySelector('.case-head .case-note')).right,
        ),
        // Whether the sign of each step stands beside its words, and not above them.
        marks: [...document.querySelectorAll('.filters .step-mark')].map((mark) => {
          const range = document.createRange();
          if (mark.nextSibling) range.selectNode(mark.nextSibling);
          return mark.getBoundingClientRect().bottom > range.getBoundingClientRect().top;
        }),
      };
    });
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names)).toEqual(new Set([0]));
    expect(note).toBe(0);
    expect(marks).toEqual([true, true, true, true, true]);
    await arabic.context().close();
  });

  it('let a result go, and are deleted without their results', async () => {
    await row('quay.jpg').locator('.cell-select').click();
    await page.getByRole('button', { name: 'Take out of the case' }).click();
    await expect.poll(() => rows().count()).toBe(1);
    await page.getByRole('button', { name: 'Cases', exact: true }).click();
    await page.getByRole('button', { name: 'Delete case' }).click();
    await page.getByRole('alertdialog').getByText('Its results stay in the history.').waitFor();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete case' }).click();
    await page.getByText('There are no cases yet').waitFor();
    await page.getByRole('button', { name: 'Back to the history' }).click();
    await expect.poll(() => rows().count()).toBe(3);
  });
});

import { readFile } from 'node:fs/promises';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERDICT } from './harness/actions.ts';
import { violations } from './harness/axe.ts';
import { type Companion, startCompanion } from './harness/companion.ts';
import { giveFiles, launchPlainBrowser, openHistory } from './harness/history-page.ts';
import { closeAfterTest } from './harness/open-page.ts';
import { generatorPng, picture } from './harness/pictures.ts';
import { useSmallPacks } from './harness/small-packs.ts';

let companion: Companion;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [companion, browser] = await Promise.all([startCompanion(useSmallPacks), launchPlainBrowser()]);
  page = await openHistory(browser, companion);
  page.setDefaultTimeout(240_000);
});

afterAll(async () => {
  await browser?.close();
  await companion?.dispose();
});

const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
const rows = () => page.locator('[role="row"]');
const tray = () => page.locator('.tray-row');

async function open(name: string, tab = 'Result'): Promise<void> {
  await row(name).click();
  await page.getByRole('heading', { level: 2, name }).waitFor();
  await page.getByRole('tab', { name: tab }).click();
}

async function saved(action: () => Promise<void>): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download') as Promise<Download>, action()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

describe('history page', () => {
  it('checks a picture that is dropped and one that is pasted', async () => {
    await giveFiles(page, 'drop', [
      { name: 'harbour.jpg', type: 'image/jpeg', bytes: await picture(900, 'jpeg', 480, 360) },
    ]);
    await tray().filter({ hasText: 'harbour.jpg' }).getByText(VERDICT).waitFor();
    await giveFiles(page, 'paste', [{ name: 'dawn.png', type: 'image/png', bytes: await generatorPng(901) }]);
    await tray().filter({ hasText: 'dawn.png' }).getByText('Likely AI').waitFor();
    await row('dawn.png').waitFor();
    expect(await rows().count()).toBe(2);
    // A verdict is as long as its language makes it; the time stands behind it.
    const gaps = await rows().evaluateAll((all) =>
      all.map((one) => {
        const [badge, time] = ['.badge', '.cell-time'].map((part) => one.querySelector(part)?.getBoundingClientRect());
        return badge && time ? time.right - time.width - badge.right : Number.NaN;
      }),
    );
    expect(gaps.filter((gap) => !(gap >= 0))).toEqual([]);
    // On a telephone's width the word is whole too.
    const roomy = page.viewportSize() ?? { width: 1280, height: 720 };
    await page.setViewportSize({ width: 360, height: 780 });
    await rows().first().waitFor();
    const cut = await rows()
      .locator('.badge-words')
      .evaluateAll((all) => all.map((word) => word.scrollWidth - word.clientWidth));
    expect(cut.filter((pixels) => pixels > 0)).toEqual([]);
    await page.setViewportSize(roomy);
  });

  it('says what is wrong with a file that is no picture and no video', async () => {
    await giveFiles(page, 'drop', [
      { name: 'notes.txt', type: 'text/plain', bytes: Buffer.from('hello') },
      { name: 'empty.mp4', type: 'video/mp4', bytes: Buffer.alloc(0) },
    ]);
    await tray().filter({ hasText: 'notes.txt' }).getByText('unsupported-format').waitFor();
    await tray().filter({ hasText: 'empty.mp4' }).getByText('empty-file').waitFor();
    await page.getByRole('button', { name: 'Close the list of files' }).click();
    expect(await tray().count()).toBe(0);
  });

  it('finds by name and by verdict, and keeps the filter in its address', async () => {
    await page.getByRole('searchbox').fill('harb');
    await expect.poll(() => rows().count()).toBe(1);
    expect(page.url()).toContain('q=harb');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => rows().count()).toBe(2);
    await page.getByRole('checkbox', { name: 'Video', exact: true }).click({ force: true });
    await page.getByText('Nothing matches these filters').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).first().click();
    await expect.poll(() => rows().count()).toBe(2);
  });

  it('draws where the score comes from and says it in words', async () => {
    await open('harbour.jpg');
    await page.getByRole('button', { name: 'Show where the score comes from' }).click();
    await page.getByText('Where the score comes from, not proof.').waitFor();
    const coloured = await page.locator('.heat-colours').evaluate((canvas: HTMLCanvasElement) =>
      canvas
        .getContext('2d')
        ?.getImageData(0, 0, canvas.width, canvas.height)
        .data.some((value) => value > 0),
    );
    expect(coloured).toBe(true);
    await page.getByRole('button', { name: 'Show where the score comes from' }).click();
    await page.locator('.heat-colours').waitFor({ state: 'detached' });
  });

  it('draws no such thing where the file itself decided', async () => {
    await open('dawn.png');
    await page.getByText('The file carries the settings that Stable Diffusion WebUI writes').first().waitFor();
    expect(await page.getByRole('button', { name: 'Show where the score comes from' }).count()).toBe(0);
    await open('harbour.jpg');
  });

  it('shows every expert view, and moves the magnifier by keys', async () => {
    await page.getByRole('tab', { name: 'Expert views' }).click();
    for (const view of ['Error level', 'Noise residual', 'JPEG ghosts', 'Colour channels', 'Histogram', 'Magnifier']) {
      await page.getByRole('radio', { name: view }).click();
      const shown = page.getByRole('img', { name: new RegExp(`^${view}`) });
      await shown.waitFor();
      await expect.poll(() => shown.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(50);
    }
    await page.locator('.magnifier-map').press('ArrowRight');
    await page.getByText('56% from the left, 50% from the top, 4 times larger').first().waitFor();
  });

  it('saves a report that stands alone, as page and as data', async () => {
    await page.getByRole('tab', { name: 'Result' }).click();
    const { records } = await companion.history();
    const record = records.find(({ source }) => source.fileName === 'harbour.jpg');
    for (const format of ['Report (HTML)', 'Data (JSON)']) {
      await page.getByRole('button', { name: 'Export evidence' }).click();
      const { name, text } = await saved(() => page.getByRole('menuitem', { name: format }).click());
      expect(name).toMatch(/^touchstone-evidence-.*harbour-jpg.*\.(html|json)$/);
      expect(text).toContain(record?.picture.sha256);
      expect(text).toContain(record?.pack.sha256);
      expect(text).not.toMatch(/<script|src="http/);
    }
  });

  it('checks again with another pack and shows both', async () => {
    await page.getByRole('button', { name: 'Check again…' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Model pack/ })
      .click();
    await page.getByRole('option', { name: 'starter' }).click();
    await page.getByRole('button', { name: 'Check again', exact: true }).click();
    const later = page.getByRole('region', { name: 'Later check' });
    await later.getByText('starter').waitFor();
    await page.getByRole('region', { name: 'Earlier check' }).getByText(VERDICT).first().waitFor();
    await later.getByRole('button', { name: 'Open this result' }).click();
    await page.getByText('This is a second check of an earlier result.').waitFor();
    const { records } = await companion.history();
    const [again, ...others] = records;
    expect(again?.pack.name).toBe('starter');
    expect(others.map(({ id }) => id)).toContain(again?.recheckOf);
  });

  it('shows one row a file, which its number and the right arrow open', async () => {
    await page.getByText('3 results · 2 different files').waitFor();
    expect(await rows().count()).toBe(2);
    const isOfOneFile = async () => {
      await expect.poll(() => new URL(page.url()).searchParams.has('content')).toBe(true);
      await expect.poll(() => row('harbour.jpg').count()).toBe(2);
      expect(await row('dawn.png').count()).toBe(0);
      expect(await page.locator('.row-group').count()).toBe(0);
    };
    await row('harbour.jpg').getByRole('button', { name: '2 checks' }).click();
    await isOfOneFile();
    await page.getByRole('button', { name: /Checks of one file/ }).click();
    await row('dawn.png').waitFor();

    await row('harbour.jpg').focus();
    await page.keyboard.press('ArrowRight');
    await isOfOneFile();
    expect(await violations(page)).toEqual([]);
    await page.goBack();
    await row('dawn.png').waitFor();

    // What stands for two is deleted as two.
    await row('harbour.jpg').getByRole('checkbox').click({ force: true });
    await page.getByText('2 selected').waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('alertdialog', { name: /2 results/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Clear the selection' }).click();
  });

  it('compares any two that are selected', async () => {
    await rows().nth(0).getByRole('checkbox').click({ force: true });
    await rows().nth(1).getByRole('checkbox').click({ force: true });
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByText('These are not the same file').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Clear the selection' }).click();
  });

  it('exports the list, deletes one, and the log stays whole', async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const { text } = await saved(() => page.getByRole('menuitem', { name: 'Spreadsheet (CSV)' }).click());
    expect(text.trim().split('\n')).toHaveLength(4);

    await open('dawn.png');
    await page.getByRole('button', { name: 'Delete this result' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => rows().count()).toBe(1);

    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Verify the log' }).click();
    await page.getByText('The log is intact.').waitFor();
    // The deletion can still be taken back: it stands in the log once it is carried out.
    await page.getByText('0 deleted by you').waitFor();
    expect(await page.locator('.outcome code').textContent()).toMatch(/^[0-9a-f]{64}$/);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });
});

describe.each(['light', 'dark'] as const)('accessible in %s', (colorScheme) => {
  it('every tab of a result', async () => {
    const own = await openHistory(browser, companion, { colorScheme });
    closeAfterTest(own.context());
    await own.locator('[role="row"]').first().click();
    for (const tab of ['Result', 'Evidence', 'Expert views']) {
      await own.getByRole('tab', { name: tab }).click();
      if (tab === 'Expert views') await own.getByRole('img', { name: /^Error level/ }).waitFor();
      expect(await violations(own), tab).toEqual([]);
    }
  });
});

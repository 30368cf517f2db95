import { readFile } from 'node:fs/promises';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERDICT } from './harness/actions.ts';
import { violations } from './harness/axe.ts';
import { type Companion, startCompanion } from './harness/companion.ts';
import { giveFiles, launchPlainBrowser, openHistory } from './harness/history-page.ts';
import { picture } from './harness/pictures.ts';
import { useSmallPacks } from './harness/small-packs.ts';

let companion: Companion;
let browser: Browser;
let page: Page;
/** Bytes of each checked file, by its name. */
const files = new Map<string, Buffer>();

/** A busy computer may take this long for the first picture, whose model is loaded and tried first. Milliseconds. */
const PATIENCE_MS = 180_000;

const NAMES = ['anchor.jpg', 'buoy.jpg', 'crane.jpg', 'dock.jpg'];

beforeAll(async () => {
  [companion, browser] = await Promise.all([startCompanion(useSmallPacks), launchPlainBrowser()]);
  for (const [index, name] of NAMES.entries()) files.set(name, await picture(1200 + index, 'jpeg', 480, 360));
  page = await openHistory(browser, companion);
  page.setDefaultTimeout(PATIENCE_MS);
  await giveFiles(page, 'drop', NAMES.map(given));
  for (const name of NAMES) await tray(name).getByText(VERDICT).waitFor();
  await page.getByRole('button', { name: 'Close the list of files' }).click();
});

afterAll(async () => {
  await browser?.close();
  await companion?.dispose();
});

const given = (name: string) => ({ name, type: 'image/jpeg', bytes: files.get(name) ?? Buffer.alloc(0) });
const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
const rows = () => page.locator('[role="row"]');
const tray = (name: string) => page.locator('.tray-row').filter({ hasText: name });
const undoButton = () => page.getByRole('button', { name: 'Undo' });
const names = async () => {
  const { records } = await companion.history();
  return records.map(({ source }) => source.fileName).sort();
};
const focused = () =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.closest('[role="row"]')?.querySelector('.row-name')?.textContent ?? element?.textContent ?? '';
  });
const said = () => page.locator('.notices').textContent();

async function open(name: string): Promise<void> {
  await row(name).click();
  await page.getByRole('heading', { level: 2, name }).waitFor();
}

async function confirmDeletion(): Promise<void> {
  const dialog = page.getByRole('alertdialog');
  await dialog.getByText('You can undo this for 60 seconds.').waitFor();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function saved(action: () => Promise<void>): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download') as Promise<Download>, action()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

describe('a deletion', () => {
  it('by keys alone goes on to the next row, is said, and is taken back by Ctrl+Z', async () => {
    const order = await rows().locator('.row-name').allTextContents();
    await rows().first().focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(focused).toBe(order[1]);
    await page.keyboard.press('Delete');
    await page.getByRole('alertdialog').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await undoButton().waitFor();
    await expect.poll(focused).toBe(order[2]);
    expect(await said()).toMatch(/1 result deleted\. (Ctrl\+Z|⌘Z) brings back/);
    expect(await names()).toEqual(NAMES.filter((name) => name !== order[1]));
    expect(await violations(page)).toEqual([]);

    await page.keyboard.press('Control+z');
    await row(order[1] ?? '').waitFor();
    await undoButton().waitFor({ state: 'detached' });
    await expect.poll(said).toContain('1 result is back.');
    expect(await focused()).toBe(order[2]);
    expect(await names()).toEqual(NAMES);
  });

  it('from the details is taken back by the button, which Tab reaches after the list', async () => {
    await open('crane.jpg');
    await page.getByRole('button', { name: 'Delete this result' }).click();
    await confirmDeletion();
    await page.getByRole('heading', { level: 2, name: 'crane.jpg' }).waitFor({ state: 'detached' });
    await expect.poll(focused).toMatch(/\.jpg$/);
    await page.keyboard.press('Tab');
    expect(await undoButton().evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await row('crane.jpg').waitFor();
    await undoButton().waitFor({ state: 'detached' });
    await expect.poll(focused).toMatch(/\.jpg$/);
  });

  it('of what matches a filter is hidden from another open page at once, and comes back there too', async () => {
    const other = await openHistory(browser, companion);
    const theirs = other.getByRole('row', { name: /buoy\.jpg/ });
    await theirs.click();
    await other.getByRole('heading', { level: 2, name: 'buoy.jpg' }).waitFor();
    await page.getByRole('searchbox').fill('buoy');
    await expect.poll(() => rows().count()).toBe(1);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete everything that matches…' }).click();
    await confirmDeletion();
    await page.getByText('Nothing matches these filters').waitFor();
    await theirs.waitFor({ state: 'detached' });
    await other.getByText('There is no such record.').waitFor();
    // Nothing is left to go to but the way back.
    await expect.poll(focused).toMatch(/^Undo/);
    await page.keyboard.press('Enter');
    await row('buoy.jpg').waitFor();
    await theirs.waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).first().click();
    await expect.poll(() => rows().count()).toBe(4);
    await other.context().close();
  });

  it('outlives the companion: after a restart it is still hidden, and still taken back', async () => {
    await row('dock.jpg').click();
    await page.getByRole('button', { name: 'Delete this result' }).click();
    await confirmDeletion();
    await undoButton().waitFor();
    await page.reload();
    await page.getByText('1 result deleted.').waitFor();
    await companion.kill();
    await companion.start();
    expect(await names()).toEqual(NAMES.filter((name) => name !== 'dock.jpg'));
    // The session went with the companion, and another page offers the way back.
    page = await openHistory(browser, companion);
    await expect.poll(() => rows().count()).toBe(3);
    await page.keyboard.press('Control+z');
    await row('dock.jpg').waitFor();
    await undoButton().waitFor({ state: 'detached' });
  });
});

describe('a selection', () => {
  async function select(...wanted: readonly string[]): Promise<void> {
    for (const name of wanted) await row(name).getByRole('checkbox').click({ force: true });
    await page.getByText(`${wanted.length} selected`).waitFor();
  }

  it('is exported as CSV and as JSON Lines, and holds nothing else', async () => {
    await select('anchor.jpg', 'crane.jpg');
    for (const [format, ending] of [
      ['Spreadsheet (CSV)', 'csv'],
      ['JSON Lines', 'jsonl'],
    ] as const) {
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      const { name, text } = await saved(() => page.getByRole('menuitem', { name: format }).click());
      expect(name).toMatch(new RegExp(`^touchstone-.*-selection\\.${ending}$`));
      await expect.poll(said).toContain(`Exported: ${name}`);
      expect(text.trim().split('\n')).toHaveLength(ending === 'csv' ? 3 : 2);
      for (const file of NAMES) expect(text.includes(file)).toBe(['anchor.jpg', 'crane.jpg'].includes(file));
    }
    await page.getByRole('button', { name: 'Clear the selection' }).click();
  });

  it('is checked again with a pack by keys, as far as the bytes are there, and says what came of it', async () => {
    await page.reload();
    await rows().first().focus();
    await page.keyboard.press('Control+a');
    await page.getByText('Everything that matches is selected').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe('Check again…');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    // The companion was ended in between, and with it its memory of the pictures.
    await dialog.getByText('4 are left out: their originals were not kept').waitFor();
    expect(await dialog.getByRole('button', { name: 'Check again' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await giveFiles(page, 'drop', ['anchor.jpg', 'buoy.jpg'].map(given));
    for (const name of ['anchor.jpg', 'buoy.jpg']) await tray(name).getByText(VERDICT).waitFor();
    await page.getByRole('button', { name: 'Close the list of files' }).click();
    await page.getByRole('button', { name: 'Check again…' }).click();
    await dialog.getByText('2 files are judged once more').waitFor();
    await dialog.getByText('2 are left out').waitFor();
    await dialog.getByRole('button', { name: /Model pack/ }).click();
    await page.getByRole('option', { name: 'starter' }).click();
    await dialog.getByRole('button', { name: 'Check again', exact: true }).click();
    await dialog.getByText('2 files checked again.').waitFor();
    await expect.poll(said).toContain('2 files checked again.');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    const { records } = await companion.history();
    const again = records.filter(({ recheckOf }) => recheckOf !== undefined);
    expect(again.map(({ pack, source }) => [source.fileName, pack.name]).sort()).toEqual([
      ['anchor.jpg', 'starter'],
      ['buoy.jpg', 'starter'],
    ]);
    // The list has newer results of these files; none of the old ones stays selected out of sight.
    await page.getByText('Everything that matches is selected').waitFor({ state: 'detached' });
  });

  it('is ended by Escape', async () => {
    await select('crane.jpg');
    await row('crane.jpg').focus();
    await page.keyboard.press('Escape');
    await page.getByText('1 selected').waitFor({ state: 'detached' });
  });
});

describe('a second check', () => {
  it('is offered with the file where nothing else has it, and is done with the file that is given', async () => {
    page = await openHistory(browser, companion);
    await open('dock.jpg');
    await page.getByText('The original was not kept. To check it again, choose the file once more').waitFor();
    expect(await page.getByRole('button', { name: 'Check again…' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Check again with the file…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /quick|thorough/ }).waitFor();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      dialog.getByRole('button', { name: 'Choose the file…' }).click(),
    ]);
    await chooser.setFiles({
      name: 'dock.jpg',
      mimeType: 'image/jpeg',
      buffer: files.get('dock.jpg') ?? Buffer.alloc(0),
    });
    await page.getByRole('region', { name: 'Later check' }).getByText(VERDICT).first().waitFor();
    await page.keyboard.press('Escape');
    const { records } = await companion.history();
    const before = records.find(({ source, recheckOf }) => source.fileName === 'dock.jpg' && recheckOf === undefined);
    expect(records[0]).toMatchObject({ recheckOf: before?.id, picture: { sha256: before?.picture.sha256 } });
    expect(records[0]?.pack).not.toEqual(before?.pack);
    // From now on this page has the file.
    await open('dock.jpg');
    await page.getByRole('button', { name: 'Check again…' }).waitFor();
  });

  it('of a file whose content was labelled shows the label on the next card too', async () => {
    await open('buoy.jpg');
    await page.getByRole('radio', { name: 'Made by AI' }).click();
    await expect.poll(said).toContain('Your label is saved.');
    await giveFiles(page, 'drop', [{ ...given('buoy.jpg'), name: 'renamed.jpg' }]);
    await tray('renamed.jpg').getByText(VERDICT).waitFor();
    await tray('renamed.jpg')
      .getByRole('button', { name: /Details/ })
      .click();
    await page.getByRole('heading', { level: 2, name: 'renamed.jpg' }).waitFor();
    expect(await page.getByRole('radio', { name: 'Made by AI' }).isChecked()).toBe(true);
    await row('renamed.jpg').getByText('Made by AI').waitFor();
    await page.getByRole('button', { name: 'Close the list of files' }).click();
  });
});

describe('the list of files', () => {
  it.each([
    { width: 1280, height: 860 },
    { width: 1280, height: 600 },
    { width: 360, height: 640 },
  ])('covers no button of the details and leaves no blank space to scroll into (%o)', async (viewport) => {
    const own = await openHistory(browser, companion, { viewport });
    await giveFiles(own, 'drop', NAMES.map(given));
    for (const name of NAMES) {
      await own.locator('.tray-row').filter({ hasText: name }).getByText(VERDICT).waitFor();
    }
    await own.getByRole('row', { name: /anchor\.jpg/ }).click();
    const remove = own.getByRole('button', { name: 'Delete this result' });
    for (const button of [
      remove,
      own.getByRole('button', { name: /^Check again/ }),
      own.getByRole('button', { name: 'Export evidence' }),
    ]) {
      // Can be pressed: in view, and nothing lies over it.
      await button.click({ trial: true });
      const [box, trayBox] = [await button.boundingBox(), await own.locator('.tray').boundingBox()];
      expect(box && trayBox && box.y + box.height <= trayBox.y).toBe(true);
    }
    // Neither the page nor its frame can be scrolled past what is seen, by whatever scrolls.
    await remove.focus();
    await own.mouse.wheel(0, 5_000);
    const scrolled = await own.evaluate(() => {
      for (const hidden of document.querySelectorAll('.visually-hidden, input'))
        hidden.scrollIntoView({ block: 'start' });
      return [document.documentElement, document.body, document.querySelector('.app')].map((part) => {
        part?.scrollBy(0, 5_000);
        return part?.scrollTop;
      });
    });
    expect(scrolled).toEqual([0, 0, 0]);
    await own.context().close();
  });

  it('counts what failed and what was cancelled as that, while others are being checked', async () => {
    await page.route(/\/api\/check\?fileName=slow/, () => undefined);
    await giveFiles(page, 'drop', [
      { name: 'empty.jpg', type: 'image/jpeg', bytes: Buffer.alloc(0) },
      given('anchor.jpg'),
      { ...given('buoy.jpg'), name: 'slow.jpg' },
      { ...given('buoy.jpg'), name: 'slow-too.jpg' },
    ]);
    await tray('anchor.jpg').getByText(VERDICT).waitFor();
    await page.getByRole('button', { name: 'Cancel slow.jpg' }).click();
    await page.getByText('1 of 4 done · 1 file failed · 1 file cancelled').waitFor();
    await page.getByRole('button', { name: 'Cancel slow-too.jpg' }).click();
    await page.getByText('1 file done · 1 file failed · 2 files cancelled').first().waitFor();
    await page.getByRole('button', { name: 'Close the list of files' }).click();
  });
});

describe('the settings', () => {
  it('limit the room that results may take, and take the limit away again', async () => {
    const settings = () => companion.api<{ retentionBytes?: number | null }>('GET', '/api/settings');
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('radio', { name: 'No more than' }).click({ force: true });
    const field = page.getByRole('textbox', { name: 'Megabytes' });
    expect(await field.inputValue()).toBe('1,000');
    await field.fill('250');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(said).toContain('Settings saved.');
    expect((await settings()).retentionBytes).toBe(250_000_000);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('radio', { name: 'As much as there is' }).click({ force: true });
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await settings()).retentionBytes).toBeNull();
    await page.keyboard.press('Escape');
  });
});

it('the whole history is deleted at once, and that is said before', async () => {
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete the whole history…' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByText('This cannot be undone.').waitFor();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Nothing has been checked yet').waitFor();
  expect(await undoButton().count()).toBe(0);
  expect(await companion.api('POST', '/api/history/verify', {})).toMatchObject({ records: 0, intact: true });
});

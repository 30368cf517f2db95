import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { violations } from './harness/axe.ts';
import { giveFiles } from './harness/history-page.ts';
import { picture } from './harness/pictures.ts';
import { expectToFitTelephones, useSmallHistory } from './harness/small-history.ts';

const history = useSmallHistory();
let page: Page;
beforeAll(() => {
  page = history.page;
});

async function check(seed: number): Promise<void> {
  await giveFiles(page, 'drop', [{ name: `${seed}.jpg`, type: 'image/jpeg', bytes: await picture(seed) }]);
}

/** Today's number, as a reader of the table finds it. */
async function today(): Promise<string | null> {
  const cells = page.getByRole('row').filter({ has: page.getByRole('rowheader') });
  return cells.first().getByRole('cell').first().textContent();
}

describe('System page', () => {
  it('is opened by its button, tells what was checked, and goes on by itself', async () => {
    await check(1100);
    await page.locator('.tray-row').first().waitFor();
    await page.getByRole('row', { name: /1100/ }).waitFor();
    await page.getByRole('button', { name: 'System' }).click();
    await page.getByRole('heading', { level: 2, name: 'System' }).waitFor();
    expect(await page.title()).toContain('System');
    await page.getByText('Ready', { exact: false }).first().waitFor();
    await page.getByRole('img', { name: /1 in all/ }).waitFor();
    await page.getByRole('rowheader', { name: 'Decoding' }).first().waitFor();
    await page.getByText('As a table').click();
    await expect.poll(today).toBe('1');
    await check(1101);
    // Nobody reloads: the numbers come by themselves.
    await page.getByRole('img', { name: /2 in all/ }).waitFor();
    await expect.poll(today).toBe('2');
    expect(await violations(page)).toEqual([]);
  });

  it('is reached and left by keys alone, and the list is as it was', async () => {
    await page.getByRole('button', { name: 'Back to the history' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /1101/ }).waitFor();
    await page.getByRole('button', { name: 'System' }).focus();
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { level: 2, name: 'System' });
    await heading.waitFor();
    expect(await heading.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.goBack();
    await page.getByRole('row', { name: /1101/ }).waitFor();
  });

  it.each(['light', 'dark'] as const)('fits a telephone in %s, and breaks no rule of accessibility', (colorScheme) =>
    expectToFitTelephones(history, 'system', { colorScheme }, (narrow) =>
      narrow.getByRole('img', { name: /in all/ }).waitFor(),
    ),
  );

  it('has no page of a team beside it, and loads nothing of one', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    for (const view of ['people', 'account', 'audit']) {
      await page.goto(`http://127.0.0.1:${history.companion.port}/?view=${view}`);
      await page.getByRole('row', { name: /1101/ }).waitFor();
    }
    expect(asked.filter((path) => /team|people|invitations|audit|tokens/.test(path))).toEqual([]);
    expect(await page.getByRole('button', { name: /^You and your team/ }).count()).toBe(0);
  });
});

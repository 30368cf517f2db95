import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { violations } from './axe.ts';
import { type Companion, startCompanion } from './companion.ts';
import { type HistoryPageOptions, launchPlainBrowser, openHistory } from './history-page.ts';
import { closeAfterTest } from './open-page.ts';
import { useSmallPacks } from './small-packs.ts';

/** What the tests of one file share. */
export interface SmallHistory {
  readonly companion: Companion;
  readonly browser: Browser;
  /** The history page, open from the first test to the last. */
  readonly page: Page;
}

/** A companion with small packs and its history page, there before the tests of the file that calls this, and gone after them. */
export function useSmallHistory(): SmallHistory {
  const closing: (() => Promise<unknown>)[] = [];
  let open: SmallHistory | undefined;
  beforeAll(async () => {
    const [companion, browser] = await Promise.all([startCompanion(useSmallPacks), launchPlainBrowser()]);
    closing.push(
      () => companion.dispose(),
      () => browser.close(),
    );
    open = { companion, browser, page: await openHistory(browser, companion) };
  });
  afterAll(async () => {
    for (const close of closing.toReversed()) await close();
  });
  const now = () => {
    if (!open) throw new Error('the page is there once the tests run');
    return open;
  };
  return {
    get companion() {
      return now().companion;
    },
    get browser() {
      return now().browser;
    },
    get page() {
      return now().page;
    },
  };
}

/**
 * Looks at a view of the history page on a telephone: it fits, and breaks no rule of accessibility.
 * @param view as its address names it
 * @param drawn waits for what is drawn last
 */
export async function expectToFitTelephones(
  { browser, companion }: SmallHistory,
  view: string,
  look: Omit<HistoryPageOptions, 'viewport'>,
  drawn: (page: Page) => Promise<unknown>,
): Promise<void> {
  const page = await openHistory(browser, companion, { ...look, viewport: { width: 360, height: 780 } });
  closeAfterTest(page.context());
  await page.goto(`http://127.0.0.1:${companion.port}/?view=${view}`);
  await drawn(page);
  const wider = await page.evaluate(() => {
    const main = document.querySelector('main');
    return [document.documentElement, main].map((one) => (one ? one.scrollWidth - one.clientWidth : Number.NaN));
  });
  expect(wider).toEqual([0, 0]);
  expect(await violations(page)).toEqual([]);
}

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchPlainBrowser } from './harness/history-page.ts';
import { closeAfterTest } from './harness/open-page.ts';

const script = resolve(import.meta.dirname, '../../companion/src/report/fixtures/write-reports.ts');

/** Inside of an A4 page within the report's margins, in CSS pixels. */
const PAGE = { width: 688, height: 1001 };

/** What stays in one piece leaves gaps at the end of pages; more than this is an unbreakable block too many. */
const MOST_PAPER = 1.5;

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-reports-'));
  await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', script, folder]);
  browser = await launchPlainBrowser();
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** As it is printed, for a reader whose browser is dark. */
async function printed(language: string): Promise<Page> {
  const context = closeAfterTest(await browser.newContext({ colorScheme: 'dark', viewport: PAGE }));
  const page = await context.newPage();
  await page.emulateMedia({ media: 'print' });
  await page.goto(pathToFileURL(join(folder, `${language}.html`)).href);
  return page;
}

describe.each(['en', 'de', 'ar'])('a printed report: %s', (language) => {
  it('has nothing wider than the page, and no dark ground', async () => {
    const page = await printed(language);
    const found = await page.evaluate(() => {
      const width = document.documentElement.clientWidth;
      const wider = [...document.querySelectorAll('body *:not(svg *)')].filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return left < -1 || right > width + 1 || element.scrollWidth > element.clientWidth + 1 + element.clientLeft * 2;
      });
      const { backgroundColor } = getComputedStyle(document.body);
      const { colorScheme } = getComputedStyle(document.documentElement);
      // Inline elements have no width of their own.
      const boxes = wider.filter((element) => getComputedStyle(element).display !== 'inline');
      return { wider: boxes.map(({ outerHTML }) => outerHTML.slice(0, 120)), backgroundColor, colorScheme };
    });
    expect(found).toEqual({ wider: [], backgroundColor: 'rgb(255, 255, 255)', colorScheme: 'light' });
  });

  it('breaks between items and leaves no paper empty', async () => {
    const page = await printed(language);
    const { broken, tooTall } = await page.evaluate((pageHeight) => {
      const inOnePiece = (item: Element) => getComputedStyle(item).breakInside === 'avoid';
      const starts = (items: Element[]) => items.map(({ outerHTML }) => outerHTML.slice(0, 120));
      const all = [...document.querySelectorAll('body *')];
      return {
        broken: starts(
          all.filter((item) => item.matches('tr, figure, dt, dd, .verdict, .chart, .tree .one') && !inOnePiece(item)),
        ),
        // What is kept whole though it does not fit leaves the rest of a page empty and is cut all the same.
        tooTall: starts(all.filter((item) => inOnePiece(item) && item.getBoundingClientRect().height > pageHeight)),
      };
    }, PAGE.height);
    expect({ broken, tooTall }).toEqual({ broken: [], tooTall: [] });
    const height = await page.evaluate(() => document.body.scrollHeight);
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true, printBackground: true });
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThanOrEqual(Math.floor(height / PAGE.height));
    expect(pages).toBeLessThanOrEqual(Math.ceil((height / PAGE.height) * MOST_PAPER));
  });
});

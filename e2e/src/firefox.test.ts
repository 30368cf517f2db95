import { VERDICT_VALUES } from '@touchstone/shared';
import { textOf } from '@touchstone/shared/words';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { wordOf } from './harness/actions.ts';
import { type Companion, startCompanion } from './harness/companion.ts';
import { type FirefoxSession, launchFirefox } from './harness/firefox.ts';
import { cardText, chooseFromMenu, clickInCard } from './harness/firefox-menu.ts';
import { openPage } from './harness/open-page.ts';
import { generatorPng, picture } from './harness/pictures.ts';
import { html, image, type Site, startSite } from './harness/site.ts';

let companion: Companion;
let site: Site;
let session: FirefoxSession;

beforeAll(async () => {
  [companion, site] = await Promise.all([startCompanion(), startSite()]);
  session = await launchFirefox();
});

afterAll(async () => {
  await session?.close();
  await site?.close();
  await companion?.dispose();
});

async function until<T>(read: () => Promise<T>, done: (value: T) => boolean, what: string): Promise<T> {
  let value = await read();
  for (const deadline = Date.now() + 240_000; !done(value); ) {
    if (Date.now() > deadline) throw new Error(`${what}: still ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    value = await read();
  }
  return value;
}

const pairingState = (page: Page): Promise<string | null> =>
  page.$eval('#touchstone-pairing', (element) => element.getAttribute('data-state'));

describe('Firefox', () => {
  it('pairs through the Pair button', async () => {
    const { url } = await companion.pairing();
    const page = await openPage(session.browser);
    await page.goto(url);
    await until(
      () => pairingState(page),
      (state) => state === 'extension-present',
      'the extension on the pairing page',
    );
    // The button is in a closed shadow root: reach it by keyboard, as a person without a mouse does.
    const box = await (await page.$('#touchstone-pairing'))?.boundingBox();
    if (!box) throw new Error('the pairing box is not laid out');
    for (let presses = 0; presses < 12 && (await pairingState(page)) === 'extension-present'; presses += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.closest('#touchstone-pairing') !== null)) {
        await page.keyboard.press('Enter');
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
    await until(
      () => pairingState(page),
      (state) => state === 'paired',
      'pairing',
    );
  });

  it('answers a right-click; card and history have the same verdict', async () => {
    const bytes = await picture(201);
    site.route('/201.jpg', () => image(bytes));
    site.route('/firefox-click', () => html('<img src="/201.jpg" width="400">'));
    const page = await openPage(session.browser);
    await page.goto(site.url('/firefox-click'));
    const target = await page.waitForSelector('img');
    if (!target) throw new Error('no picture');
    await chooseFromMenu(session.browser, page, target, 'Check this image');
    const records = await until(
      async () => (await companion.history({ limit: 1 })).records,
      (found) => found[0]?.source.pageUrl === site.url('/firefox-click'),
      'a record of the picture',
    );
    expect(records[0]).toMatchObject({
      lane: 'asked',
      source: { path: 'original-bytes' },
      picture: { bytes: bytes.length },
    });
    const card = await until(
      () => cardText(session.browser, page),
      (text) => /Open in history/.test(text),
      'the card',
    );
    expect(card).toContain(wordOf(records[0]?.verdict ?? { value: 'fake' }));
  });

  it('passes the result of a card on as text and as a picture', async () => {
    const bytes = await picture(202);
    site.route('/202.jpg', () => image(bytes));
    const pasting = `<p contenteditable>here</p><script>
      window.pasted = 'nothing yet';
      document.addEventListener('paste', ({ clipboardData }) => {
        const file = clipboardData.files[0];
        pasted = file ? file.type : clipboardData.getData('text/plain');
      });
    </script>`;
    site.route('/firefox-share', () => html(`<img src="/202.jpg" width="400">${pasting}`));
    const page = await openPage(session.browser);
    await page.goto(site.url('/firefox-share', 'localhost'));
    const target = await page.waitForSelector('img');
    if (!target) throw new Error('no picture');
    await chooseFromMenu(session.browser, page, target, 'Check this image');
    const shown = (pattern: RegExp) =>
      until(
        () => cardText(session.browser, page),
        (text) => pattern.test(text),
        `the card with ${pattern}`,
      );
    await shown(/Open in history/);
    const pasted = async () => {
      await page.focus('[contenteditable]');
      await page.keyboard.down('Control');
      await page.keyboard.press('v');
      await page.keyboard.up('Control');
      return page.evaluate(() => (globalThis as unknown as { pasted: string }).pasted);
    };
    for (const [way, found] of [
      ['share-text', new RegExp(textOf('en', 'never-proof'))],
      // Without a window Firefox keeps no picture on its clipboard: only that the text before it is gone can be seen.
      ['share-picture', /^(image\/png)?$/],
    ] as const) {
      await clickInCard(session.browser, page, textOf('en', 'share'));
      await shown(new RegExp(textOf('en', 'share-text')));
      await clickInCard(session.browser, page, textOf('en', way));
      await shown(new RegExp(textOf('en', 'copied')));
      await until(pasted, (text) => found.test(text), `what ${way} copied`);
      await clickInCard(session.browser, page, textOf('en', 'back'));
    }
  });

  it('checks pictures by itself once a person chose that', async () => {
    const bytes = await picture(200);
    site.route('/200.jpg', () => image(bytes));
    site.route('/firefox', () => html('<img src="/200.jpg" width="400">'));
    const options = await openPage(session.browser);
    // Awaiting the navigation of an extension page never returns in this driver.
    void options.goto(`${session.extensionUrl}/options.html`).catch(() => undefined);
    // Asked between two documents, it fails with an error of its own.
    await until(
      () => options.$('input[type=radio][value=everywhere]').catch(() => null),
      (field) => field !== null,
      'the options',
    );
    await options.click('input[type=radio][value=everywhere]');
    const page = await openPage(session.browser);
    await page.goto(site.url('/firefox'));
    const records = await until(
      async () => (await companion.history({ limit: 5 })).records,
      (found) => found[0]?.source.pageUrl === site.url('/firefox'),
      'a record of the picture',
    );
    expect(records[0]?.source.path).toBe('original-bytes');
    expect(records[0]?.picture.bytes).toBe(bytes.length);
    expect(VERDICT_VALUES).toContain(records[0]?.verdict.value);
  });

  it('shows its keys in the options, and counts on the toolbar what is "Likely AI" until the page is another one', async () => {
    const drawn = await generatorPng(7);
    site.route('/drawn.png', () => image(drawn, 'image/png'));
    site.route('/firefox-drawn', () => html('<img src="/drawn.png" width="400">'));
    site.route('/firefox-empty', () => html('Nothing.'));
    const options = await session.browser.newPage();
    onTestFinished(() => options.close());
    void options.goto(`${session.extensionUrl}/options.html`).catch(() => undefined);
    const keys = () =>
      options.$$eval('.keys kbd', (found) => found.map(({ textContent }) => textContent)).catch(() => []);
    await until(keys, (found) => found.join() === 'Alt+Shift+K,Alt+Shift+L', 'the keys');
    expect(await options.$eval('main', ({ textContent }) => textContent)).toContain('about:addons');

    const page = await session.browser.newPage();
    onTestFinished(() => page.close());
    await page.goto(site.url('/firefox-drawn'));
    const sign = () =>
      options.evaluate(async (path) => {
        const { browser } = globalThis as unknown as {
          browser: {
            tabs: { query(filter: object): Promise<{ id: number; url?: string }[]> };
            action: { getBadgeText(of: object): Promise<string>; getTitle(of: object): Promise<string> };
          };
        };
        const tabId = (await browser.tabs.query({})).find(({ url }) => url?.includes(path))?.id;
        if (tabId === undefined) return 'no tab';
        return `${await browser.action.getBadgeText({ tabId })} ${await browser.action.getTitle({ tabId })}`;
      }, '/firefox-');
    const title = textOf('en', 'toolbar-flagged').replace('{count}', '1');
    await until(sign, (found) => found.startsWith('1 ') && found.endsWith(title), 'the count');
    await page.goto(site.url('/firefox-empty'));
    await until(sign, (found) => found === ' Touchstone: Connected', 'the sign of the next page');
  });
});

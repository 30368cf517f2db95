import { textOf } from '@touchstone/shared/words';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { MENU, pairThroughPage, rightClickAndCheck, VERDICT, wordOf } from './harness/actions.ts';
import { violations } from './harness/axe.ts';
import { type ChromiumSession, launchChromium } from './harness/chromium.ts';
import { makeClips, serveClip } from './harness/clips.ts';
import { overlayButtons, overlayText, waitForOverlay } from './harness/closed-roots.ts';
import { type Companion, startCompanion } from './harness/companion.ts';
import { checkEverywhere } from './harness/gallery.ts';
import { closeAfterTest, openPage } from './harness/open-page.ts';
import { generatorPng, picture } from './harness/pictures.ts';
import * as popup from './harness/popup.ts';
import { html, image, type Site, startSite } from './harness/site.ts';
import { useSmallPacks } from './harness/small-packs.ts';

const LIKELY_AI = textOf('en', 'step-likely-ai');

let companion: Companion;
let site: Site;
let session: ChromiumSession;

beforeAll(async () => {
  [companion, site] = await Promise.all([startCompanion(useSmallPacks), startSite()]);
  const [drawn, ...photographs] = await Promise.all([generatorPng(7), ...[951, 952, 953].map((seed) => picture(seed))]);
  site.route('/drawn.png', () => image(drawn, 'image/png'));
  for (const [index, bytes] of photographs.entries()) site.route(`/${index + 1}.jpg`, () => image(bytes));
  site.route('/framed', () => html('<img src="/3.jpg" alt="In a frame" width="300" height="225">'));
  session = await launchChromium({ publicPorts: [site.port] });
  await pairThroughPage(session, companion);
});

afterAll(async () => {
  await session?.close();
  await site?.close();
  await companion?.dispose();
});

async function tab(url: string): Promise<Page> {
  const page = await openPage(session.context);
  await page.goto(url);
  return page;
}

async function open(name: string, body: string): Promise<Page> {
  site.route(`/reader-${name}`, () => html(body));
  return tab(site.url(`/reader-${name}`));
}

const popupOf = async (page: Page): Promise<Page> => closeAfterTest(await popup.popupOf(session, page));
const popupBeside = async (page: Page): Promise<Page> => closeAfterTest(await popup.popupBeside(session, page));

/** Presses a key of the extension: the browser's own event, since no driver reaches its keys. */
async function pressCommand(page: Page, name: string): Promise<void> {
  await page.bringToFront();
  const worker = await session.worker();
  await worker.evaluate(
    async ([url, command]) => {
      const { chrome } = globalThis as unknown as {
        chrome: {
          tabs: { query(filter: object): Promise<{ url?: string }[]> };
          commands: { onCommand: { dispatch(name: string | undefined, tab: object): void } };
        };
      };
      const found = (await chrome.tabs.query({})).find((one) => one.url === url);
      if (!found) throw new Error(`no tab shows ${url}`);
      chrome.commands.onCommand.dispatch(command, found);
    },
    [page.url(), name] as const,
  );
}

/** What the toolbar button shows for the tab of a page. */
async function toolbar(page: Page): Promise<{ text: string; title: string }> {
  const worker = await session.worker();
  return worker.evaluate(async (url) => {
    const { chrome } = globalThis as unknown as {
      chrome: {
        tabs: { query(filter: object): Promise<{ id: number; url?: string }[]> };
        action: { getBadgeText(of: object): Promise<string>; getTitle(of: object): Promise<string> };
      };
    };
    const tabId = (await chrome.tabs.query({})).find((one) => one.url === url)?.id;
    return { text: await chrome.action.getBadgeText({ tabId }), title: await chrome.action.getTitle({ tabId }) };
  }, page.url());
}

const lastChecked = async (): Promise<string | undefined> => {
  const { records } = await companion.history({ limit: 1 });
  return records[0]?.source.url;
};
const named = (key: 'video-check-named' | 'picture-show-named', name: string) =>
  textOf('en', key).replace('{name}', name);

describe('the list of pictures in the popup', () => {
  const BODY = () => `<img src="/1.jpg" alt="A harbour" width="320" height="240">
<img src="/drawn.png" width="320" height="240"><img src="/2.jpg" width="30" height="30" alt="A face">
<iframe src="${site.url('/framed', 'cdn.test')}" width="400" height="300"></iframe>`;

  it('checks one as a right-click does, by keyboard alone, and then shows it', async () => {
    const page = await open('list', BODY());
    const popup = await popupOf(page);
    const list = popup.locator('.media li');
    await expect.poll(() => list.count()).toBe(3);
    expect(await list.allTextContents()).not.toContain('A face');
    await popup.getByRole('button', { name: named('video-check-named', 'A harbour') }).focus();
    await popup.keyboard.press('Enter');
    const show = popup.getByRole('button', { name: named('picture-show-named', 'A harbour') });
    // The model is loaded first.
    await show.waitFor({ timeout: 180_000 });
    const [record] = (await companion.history({ limit: 1 })).records;
    expect(record).toMatchObject({
      lane: 'asked',
      source: { path: 'original-bytes', url: site.url('/1.jpg'), pageUrl: page.url() },
    });
    const word = wordOf(record?.verdict ?? { value: 'fake' });
    await list.filter({ hasText: word }).filter({ hasText: 'A harbour' }).waitFor();
    expect(await overlayText(page)).toContain(word);
    expect(await violations(popup)).toEqual([]);
    // What is shown is on the page: the popup makes way.
    await Promise.all([popup.waitForEvent('close'), show.click()]);
    await waitForOverlay(page, VERDICT);
  });

  it('has the pictures of frames, also of other sites, by the name of their file where they have no other', async () => {
    const page = await open('frames', BODY());
    const popup = await popupOf(page);
    await popup.getByRole('button', { name: named('video-check-named', 'drawn.png') }).waitFor();
    await popup.getByRole('button', { name: named('video-check-named', 'In a frame') }).click();
    await popup.getByRole('button', { name: named('picture-show-named', 'In a frame') }).waitFor();
    expect(await lastChecked()).toBe(site.url('/3.jpg', 'cdn.test'));
    await page.bringToFront();
    await waitForOverlay(page, VERDICT);
  });

  it('shows beside each name in view what the page shows there', async () => {
    const flat = (background: string) =>
      sharp({ create: { width: 300, height: 200, channels: 3, background } })
        .png()
        .toBuffer();
    const [red, blue] = await Promise.all([flat('#f00'), flat('#00f')]);
    site.route('/red.png', () => image(red, 'image/png'));
    site.route('/blue.png', () => image(blue, 'image/png'));
    const page = await open(
      'views',
      '<img src="/red.png" alt="Red" width="300"> <img src="/blue.png" alt="Blue" width="150"><img src="/2.jpg" alt="Far" width="300" height="200" style="display:block;margin-top:3000px">',
    );
    const popup = await popupBeside(page);
    const shown = async (name: string) => {
      const part = popup.locator('.media li').filter({ hasText: name }).locator('.thumbnail-part');
      const { channels } = await sharp(await part.screenshot()).stats();
      return channels.slice(0, 3).map(({ mean }) => (mean > 200 ? 1 : mean < 60 ? 0 : mean));
    };
    await popup.locator('.thumbnail-part').first().waitFor();
    expect([await shown('Red'), await shown('Blue')]).toEqual([
      [1, 0, 0],
      [0, 0, 1],
    ]);
    expect(await popup.locator('.media li').filter({ hasText: 'Far' }).locator('.thumbnail-part').count()).toBe(0);
    // Where a scroll bar takes room of a low popup, nothing is pushed out at the side.
    await popup.setViewportSize({ width: 360, height: 300 });
    expect(
      await popup.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBe(0);
    expect(await violations(popup)).toEqual([]);
  });

  it('is there after the browser put the background to sleep, and knows what it knew', async () => {
    const page = await open('asleep', BODY());
    await rightClickAndCheck(session, page, page.getByAltText('A harbour'));
    await waitForOverlay(page, VERDICT);
    await page.keyboard.press('Escape');
    await session.stopServiceWorker();
    const popup = await popupOf(page);
    await popup.getByRole('button', { name: named('picture-show-named', 'A harbour') }).waitFor();
    await popup.getByRole('button', { name: named('video-check-named', 'drawn.png') }).waitFor();
  });
});

describe('the key for a check', () => {
  const row = (names: readonly string[]) =>
    names
      .map((name) => `<a href="#${name}" id="p${name}"><img src="/${name}.jpg" width="320" height="240"></a>`)
      .join('');

  it('takes the picture with the focus before the one under the pointer', async () => {
    const page = await open('focus', row(['1', '2', '3']));
    await page.locator('#p2').hover();
    await page.locator('#p3').focus();
    await pressCommand(page, 'check-picture');
    await waitForOverlay(page, VERDICT);
    expect(await lastChecked()).toBe(site.url('/3.jpg'));
  });

  it('takes the picture under the pointer, through what a page lays over it, where none has the focus', async () => {
    const page = await open(
      'hover',
      `<div style="position:relative">${row(['1', '2'])}<div style="position:absolute;inset:0"></div></div>`,
    );
    await page.mouse.move(500, 120);
    await pressCommand(page, 'check-picture');
    await waitForOverlay(page, VERDICT);
    expect(await lastChecked()).toBe(site.url('/2.jpg'));
  });

  it('takes the focused picture of a frame of another site', async () => {
    const page = await open(
      'framed',
      `${row(['1'])}<iframe src="${site.url('/framed-link', 'cdn.test')}" width="400" height="300"></iframe>`,
    );
    site.route('/framed-link', () => html(row(['3'])));
    await page.reload();
    await page.frameLocator('iframe').locator('#p3').focus();
    await pressCommand(page, 'check-picture');
    await waitForOverlay(page, VERDICT);
    expect(await lastChecked()).toBe(site.url('/3.jpg', 'cdn.test'));
  });

  it('takes the video with the focus before the picture under the pointer', async () => {
    const { clip } = await makeClips(session.context, site, {
      clip: { scenes: ['camera'], seconds: 20, width: 320, height: 240, framesPerSecond: 10 },
    });
    serveClip(site, '/focus-clip', clip);
    const page = await open(
      'focus-video',
      `${row(['1'])}<video id="v" src="/focus-clip" width="400" muted autoplay loop controls></video>`,
    );
    await page.locator('#p1').hover();
    await page.locator('#v').focus();
    await pressCommand(page, 'check-picture');
    await waitForOverlay(page, /Frames seen: [1-9]/);
  });

  it('takes the only large picture, and where there is none that is meant, asks which', async () => {
    const page = await open(
      'large',
      '<img src="/1.jpg" width="600" height="450"><img src="/2.jpg" width="100" height="75" alt="small">',
    );
    await pressCommand(page, 'check-picture');
    await waitForOverlay(page, VERDICT);
    expect(await lastChecked()).toBe(site.url('/1.jpg'));

    const many = await open('many', row(['1', '2', '3']));
    await pressCommand(many, 'check-picture');
    await waitForOverlay(many, new RegExp(textOf('en', 'pictures-which').slice(0, 14).replace('?', '\\?')));
    expect(await overlayButtons(many)).toContain(textOf('en', 'pictures-check'));
  });

  it('stands in the options as it is now, with the one that opens the popup', async () => {
    const options = await tab(`chrome-extension://${session.extensionId}/options.html`);
    await expect.poll(() => options.locator('.keys kbd').allTextContents()).toEqual(['Alt+Shift+K', 'Alt+Shift+L']);
    await options.getByText('chrome://extensions/shortcuts').waitFor();
    expect(await violations(options)).toEqual([]);
    const [keys] = await Promise.all([
      session.context.waitForEvent('page'),
      options.getByRole('button', { name: textOf('en', 'keys-change') }).click(),
    ]);
    closeAfterTest(keys);
    await expect.poll(() => keys.url()).toBe('chrome://extensions/shortcuts');
  });
});

describe('on a checked site', () => {
  const BODY =
    '<img src="/1.jpg" width="320" height="240"><img src="/drawn.png" width="320" height="240"><img src="/2.jpg" width="320" height="240">';
  const badges = (page: Page) => overlayButtons(page);
  const flagged = async (page: Page) => (await badges(page)).filter((name) => name.startsWith(LIKELY_AI)).length;

  beforeAll(() => checkEverywhere(session));

  it('badges can be left to "Likely AI" alone, at once and back; what a person asks about has its own', async () => {
    const page = await open('only', BODY);
    await expect.poll(async () => (await badges(page)).filter((name) => VERDICT.test(name)).length).toBe(3);
    const others = 3 - (await flagged(page));
    expect(others).toBeGreaterThan(0);
    const options = await tab(`chrome-extension://${session.extensionId}/options.html`);
    const only = options.getByRole('switch', { name: textOf('en', 'only-likely-ai') });
    onTestFinished(() => only.setChecked(false, { force: true }));
    await only.check({ force: true });
    await expect.poll(async () => (await badges(page)).length).toBe(3 - others);

    const later = await open('only-later', BODY);
    await expect.poll(() => flagged(later)).toBe(3 - others);
    const { records } = await companion.history({ limit: 100 });
    const other = records.find(
      ({ source, verdict }) =>
        wordOf(verdict) !== LIKELY_AI && BODY.includes(new URL(source.url ?? page.url()).pathname),
    );
    const path = new URL(other?.source.url ?? page.url()).pathname;
    await rightClickAndCheck(session, later, later.locator(`img[src="${path}"]`));
    await waitForOverlay(later, /Open in history/);
    await later.keyboard.press('Escape');
    await expect.poll(async () => (await badges(later)).length).toBe(4 - others);

    await only.uncheck({ force: true });
    await expect.poll(async () => (await badges(page)).length).toBe(3);
  });

  it('a playing video loses its badge too where it is not "Likely AI", keeps one that was asked for, and has it back', async () => {
    const { clip } = await makeClips(session.context, site, {
      clip: { scenes: ['camera'], seconds: 20, width: 320, height: 240, framesPerSecond: 10 },
    });
    serveClip(site, '/clip', clip);
    const page = await open('only-video', '<video id="v" src="/clip" width="400" muted autoplay loop></video>');
    const words = async () => (await badges(page)).join();
    await expect.poll(words).toMatch(/Frames seen: [1-9]/);
    expect(await words()).not.toContain(LIKELY_AI);
    const options = await tab(`chrome-extension://${session.extensionId}/options.html`);
    const only = options.getByRole('switch', { name: textOf('en', 'only-likely-ai') });
    onTestFinished(() => only.setChecked(false, { force: true }));
    await only.check({ force: true });
    await expect.poll(words).toBe('');
    await only.uncheck({ force: true });
    await expect.poll(words).toMatch(/Frames seen: [1-9]/);
    await only.check({ force: true });
    await expect.poll(words).toBe('');
    await rightClickAndCheck(session, page, page.locator('#v'), { menu: MENU.video });
    await waitForOverlay(page, /Frames seen: [1-9]/);
  });

  it('the toolbar counts what is "Likely AI", makes way for the sign that the companion is off, and ends with the page', async () => {
    const page = await open('count', BODY);
    await expect.poll(async () => (await badges(page)).filter((name) => VERDICT.test(name)).length).toBe(3);
    const count = String(await flagged(page));
    await expect
      .poll(() => toolbar(page))
      .toMatchObject({
        text: count,
        title: expect.stringContaining(textOf('en', 'toolbar-flagged').replace('{count}', count)),
      });
    await companion.stop();
    await expect.poll(async () => (await toolbar(page)).text).toBe('–');
    expect((await toolbar(page)).title).toContain(textOf('en', 'state-not-checked'));
    await companion.start();
    await expect.poll(async () => (await toolbar(page)).text).toBe(count);
    await page.goto(site.url('/framed'));
    await expect.poll(() => toolbar(page)).toEqual({ text: '', title: expect.not.stringContaining(LIKELY_AI) });
  });
});

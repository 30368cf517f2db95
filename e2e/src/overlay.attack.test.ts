import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chooseMenuItem, rightClickAndCheck, VERDICT } from './harness/actions.ts';
import {
  clickOverlayButton,
  overlayButtons,
  overlayParts,
  overlayPlace,
  overlayText,
  waitForOverlay,
} from './harness/closed-roots.ts';
import { checkEverywhere } from './harness/gallery.ts';
import { launchPlainBrowser, openHistory } from './harness/history-page.ts';
import { closeAfterTest, openPage } from './harness/open-page.ts';
import { usePairedChromium } from './harness/paired-chromium.ts';
import { picture } from './harness/pictures.ts';
import { html, image } from './harness/site.ts';

const HOST = '[data-touchstone-overlay]';

const bench = usePairedChromium({
  async serve(site) {
    const [real, fake] = await Promise.all([picture(900), picture(901)]);
    site.route('/real.jpg', () => image(real));
    site.route('/fake.jpg', () => image(fake));
  },
});

let pages = 0;
async function open(body: string, head = ''): Promise<Page> {
  pages += 1;
  const path = `/page-${pages}`;
  bench.site.route(path, () => html(body, head));
  const page = await openPage(bench.session.context);
  await page.goto(bench.site.url(path));
  return page;
}

const check = (page: Page, target = '#it'): Promise<void> =>
  rightClickAndCheck(bench.session, page, page.locator(target));

/** A page whose picture was judged, with the card beside it. */
async function judged(body: string, head = ''): Promise<Page> {
  const page = await open(body, head);
  await check(page);
  await waitForOverlay(page, VERDICT);
  return page;
}

/** What a page can count on having been drawn: the frame under way, and the next one. */
const drawn = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );

/** Runs an attack in the page. @returns what the overlay shows once the frame after it is drawn */
async function shownAfter(page: Page, attack: string): Promise<string> {
  await page.evaluate(attack);
  await drawn(page);
  return overlayText(page);
}

const IMAGE = '<img id="it" src="/real.jpg" width="400" height="300">';

describe('attack: have a verdict stand beside a picture that it is not about', () => {
  it.each([
    ['by giving the element another address', IMAGE, `it.src = '/fake.jpg'`],
    ['by giving it another set of files', IMAGE, `it.srcset = '/fake.jpg 1x'`],
    [
      'by another choice of its <picture>',
      `<picture><source media="(max-width: 9px)" srcset="/fake.jpg">${IMAGE}</picture>`,
      `document.querySelector('source').media = 'all'`,
    ],
    ['by a style that replaces what it shows', IMAGE, `it.style.content = 'url(/fake.jpg)'`],
    [
      'by using the element for the next entry of a list',
      IMAGE,
      `const node = it; node.remove(); node.src = '/fake.jpg'; document.body.append(node)`,
    ],
    [
      'by putting another element in its place',
      IMAGE,
      `it.replaceWith(Object.assign(new Image(400), { src: '/fake.jpg' }))`,
    ],
    [
      'by laying another picture over it',
      IMAGE,
      `const cover = Object.assign(new Image(400, 300), { src: '/fake.jpg' });
       const { left, top } = it.getBoundingClientRect();
       cover.style.cssText = 'position:absolute;left:' + left + 'px;top:' + top + 'px';
       document.body.append(cover)`,
    ],
    ['by fading it out above its twin', `<div id="twin">${IMAGE}</div>`, `twin.style.opacity = '0'`],
    ['by folding it away', IMAGE, `it.style.display = 'none'`],
    [
      'by sliding the next picture into its frame',
      `<div style="width:400px;height:300px;overflow:hidden"><div id="strip" style="width:800px">${IMAGE}</div></div>`,
      `strip.style.transform = 'translateX(-400px)'`,
    ],
    [
      'by writing the document anew',
      IMAGE,
      `document.open(); document.write('<img src="/fake.jpg" width=400>'); document.close()`,
    ],
    [
      'by drawing a canvas anew',
      `<canvas id="it" width="400" height="300"></canvas><script>
const paint = (hue) => { const at = it.getContext('2d'); for (let x = 0; x < 400; x += 4) {
  at.fillStyle = 'hsl(' + (hue + x) + ' 60% ' + (30 + (x * 7) % 40) + '%)'; at.fillRect(x, 0, 4, 300); } };
paint(20)</script>`,
      `paint(200)`,
    ],
  ])('%s', async (_, body, attack) => {
    const page = await judged(body);
    expect(await shownAfter(page, attack)).not.toMatch(VERDICT);
  });

  it('by a rule of a style sheet that gives it another background, without touching the element', async () => {
    const page = await judged(
      '<div id="it"></div>',
      '<style>#it { width: 400px; height: 300px; background: url(/real.jpg) }</style>',
    );
    const rule = `[...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).find((rule) => rule.selectorText === '#it')`;
    expect(await shownAfter(page, `${rule}.style.backgroundImage = 'url(/fake.jpg)'`)).not.toMatch(VERDICT);
  });

  it('by a size of the window at which its <picture> chooses another file', async () => {
    const page = await judged(`<picture><source media="(max-width: 900px)" srcset="/fake.jpg">${IMAGE}</picture>`);
    await page.setViewportSize({ width: 800, height: 600 });
    await page.waitForFunction(() =>
      (document.getElementById('it') as HTMLImageElement).currentSrc.endsWith('fake.jpg'),
    );
    await drawn(page);
    expect(await overlayText(page)).not.toMatch(VERDICT);
  });

  it('by serving other bytes under the same address, with every event of loading held back', async () => {
    const [first, second] = await Promise.all([picture(910), picture(911)]);
    let bytes = first;
    bench.site.route('/same.jpg', () => image(bytes, 'image/jpeg', { 'cache-control': 'no-store' }));
    const page = await judged(
      `<img id="it" src="/same.jpg" width="400" height="300">
<script>document.addEventListener('load', (event) => event.stopImmediatePropagation(), true)</script>`,
    );
    bytes = second;
    expect(await shownAfter(page, `it.src = it.src`)).not.toMatch(VERDICT);
  });

  it('by swapping while the check is under way, so that its answer comes too late', async () => {
    const bytes = await picture(912);
    let asked = 0;
    const { promise: held, resolve: given } = Promise.withResolvers<void>();
    let wasAborted = false;
    bench.site.route('/slow.jpg', async (request) => {
      asked += 1;
      // The first is the page's own; the check asks for the file as well, and is kept waiting.
      if (asked > 1) {
        request.socket.once('close', () => {
          wasAborted = true;
          given();
        });
        await held;
      }
      return image(bytes, 'image/jpeg', { 'cache-control': 'no-store' });
    });
    const page = await open('<img id="it" src="/slow.jpg" width="400" height="300">');
    await check(page);
    await expect.poll(() => asked).toBeGreaterThan(1);
    await waitForOverlay(page, /Checking|Fetching|Close/);
    expect(await shownAfter(page, `it.src = '/fake.jpg'`)).not.toMatch(/Checking|Fetching|Close/);
    // The check itself ends: there is no answer left that could come.
    await expect.poll(() => wasAborted).toBe(true);
    expect(await overlayText(page)).not.toMatch(VERDICT);
    given();
  });

  it('by scrolling it away from under its card', async () => {
    const page = await judged(`${IMAGE}<div style="height:5000px"></div>`);
    const isSeen = async () => (await overlayParts(page, 'card')).length > 0;
    expect(await isSeen()).toBe(true);
    await page.evaluate(() => scrollTo(0, 3000));
    await drawn(page);
    expect(await isSeen()).toBe(false);
    // What stays leads back to it, and says nothing of any picture.
    for (const { name } of await overlayParts(page, 'way-back')) expect(name).toBe('Back to the picture');
    await page.evaluate(() => scrollTo(0, 0));
    await expect.poll(isSeen).toBe(true);
  });
});

describe('attack: take the overlay over', () => {
  it('read the verdict out of the closed shadow root', async () => {
    const page = await open(
      IMAGE,
      `<script>window.roots = []; const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (how) { const root = attach.call(this, { ...how, mode: 'open' }); roots.push(root); return root; };
window.seen = []; for (const type of ['click', 'mousedown', 'pointerdown', 'keydown', 'focusin'])
  addEventListener(type, (event) => seen.push(event.composedPath().map(String).join()), true)</script>`,
    );
    await check(page);
    await waitForOverlay(page, VERDICT);
    await clickOverlayButton(page, /Wrong\?/);
    await waitForOverlay(page, /really/i);
    const found = await page.evaluate((selector) => {
      const host = document.querySelector(selector);
      if (!host) return 'no host';
      const { roots, seen } = window as unknown as { roots: unknown[]; seen: string[] };
      const range = document.createRange();
      range.selectNode(host);
      getSelection()?.addRange(range);
      return [
        host.shadowRoot,
        roots.length,
        host.textContent,
        host.innerHTML,
        String(getSelection()),
        ...seen.filter((path) => path.includes('ShadowRoot')),
      ];
    }, HOST);
    expect(found).toEqual([null, 0, '', '', '']);
  });

  it('load the script that draws, or learn from it that the extension is there', async () => {
    const page = await open(IMAGE);
    const address = `chrome-extension://${bench.session.extensionId}/overlay.js`;
    const learnt = await page.evaluate(async (url) => {
      const fetched = await fetch(url).then(
        () => 'fetched',
        () => 'refused',
      );
      const run = await new Promise<string>((resolve) => {
        const script = document.createElement('script');
        script.src = url;
        script.onload = () => resolve('ran');
        script.onerror = () => resolve('refused');
        document.head.append(script);
      });
      return [fetched, run];
    }, address);
    expect(learnt).toEqual(['refused', 'refused']);
  });

  it('colour, hide or shift the card by rules for its host', async () => {
    const page = await judged(IMAGE);
    const looks = async (): Promise<string> => {
      const { x, y, width, height } = await overlayPlace(page, 'dialog');
      const clip = { x, y, width, height };
      return (await page.screenshot({ clip, animations: 'disabled' })).toString('base64');
    };
    let before = await looks();
    await expect
      .poll(async () => {
        const last = before;
        before = await looks();
        return before === last;
      })
      .toBe(true);
    await page.addStyleTag({
      content: `${HOST} { opacity: .01 !important; filter: blur(9px) !important; clip-path: inset(50%) !important;
visibility: hidden !important; transform: translate(-900px) !important; direction: rtl !important; color-scheme: dark !important;
--ts-fake: #0a0 !important; --ts-real: #a00 !important; --ts-text: transparent !important; --ts-surface: #f0f !important }`,
    });
    await drawn(page);
    expect((await looks()) === before).toBe(true);
  });

  it('take clicks meant for the card with a cover over everything', async () => {
    const page = await judged(IMAGE);
    await page.evaluate(() => {
      const cover = document.createElement('div');
      cover.style.cssText = 'position:fixed;inset:0;background:#fff;z-index:2147483647';
      document.body.append(cover);
    });
    // The click reaches the card and not the cover: the label dialogue opens.
    await clickOverlayButton(page, /Wrong\?/);
    await waitForOverlay(page, /really/i);
  });

  it('cover the card with something that is opened later in the top layer', async () => {
    const page = await judged(IMAGE);
    await page.evaluate(() => {
      const cover = document.createElement('div');
      cover.setAttribute('popover', 'manual');
      cover.style.cssText = 'position:fixed;inset:0;width:100%;height:100%;background:#fff;pointer-events:none';
      document.body.append(cover);
      cover.showPopover();
    });
    const { x, y } = await overlayPlace(page, 'dialog');
    const on = async () => (await page.screenshot({ clip: { x, y, width: 60, height: 60 } })).length;
    const blank = (await page.screenshot({ clip: { x: 0, y: 790, width: 60, height: 10 } })).length;
    // Not white paper: the card is drawn above the cover.
    await expect.poll(on).toBeGreaterThan(blank + 100);
  });

  it('press its buttons with made-up events', async () => {
    const page = await judged(IMAGE);
    const before = await overlayText(page);
    await page.evaluate((selector) => {
      const host = document.querySelector<HTMLElement>(selector);
      for (let x = 2; x < innerWidth; x += 6)
        for (let y = 2; y < innerHeight; y += 6)
          if (document.elementFromPoint(x, y) === host)
            for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
              host?.dispatchEvent(
                new MouseEvent(type, { clientX: x, clientY: y, detail: 1, bubbles: true, composed: true }),
              );
      host?.click();
      for (const key of ['Enter', ' ', 'Escape', 'Tab'])
        for (const target of [host, document, window])
          target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    }, HOST);
    await drawn(page);
    expect(await overlayText(page)).toBe(before);
    expect((await bench.companion.history({ limit: 1 })).records[0]?.label).toBeNull();
  });

  it('have a picture checked, or another one than the person chose, by a made-up right-click', async () => {
    const page = await open(`${IMAGE}<img id="other" src="/fake.jpg" width="300" height="200">`);
    await page.locator('#it').click({ button: 'right' });
    await page.evaluate(() => {
      const other = document.getElementById('other') as HTMLElement;
      const { left, top } = other.getBoundingClientRect();
      other.dispatchEvent(
        new MouseEvent('contextmenu', { clientX: left + 9, clientY: top + 9, bubbles: true, composed: true }),
      );
    });
    await chooseMenuItem(bench.session, page);
    await waitForOverlay(page, VERDICT);
    expect((await bench.companion.history({ limit: 1 })).records[0]?.source.url).toBe(bench.site.url('/real.jpg'));
  });

  it('forge messages of the extension', async () => {
    const page = await open(IMAGE);
    const { records: before } = await bench.companion.history({ limit: 1 });
    const reached = await page.evaluate(async (id) => {
      const messages = [
        { type: 'check-clicked' },
        { type: 'check-viewport' },
        { type: 'check', id: 1, lane: 'asked', credentials: true, url: location.href, pageTitle: 'x' },
        { type: 'result', id: 1, record: {} },
        { type: 'auto-check', enabled: true, minimumSide: 1 },
        { type: 'label', id: 2, recordId: 'x', label: 'real' },
      ];
      for (const message of messages) {
        window.postMessage(message, '*');
        document.dispatchEvent(new CustomEvent(message.type, { detail: message }));
      }
      interface Runtime {
        sendMessage?(to: string, message: object): Promise<unknown>;
        connect?(to: string): { postMessage(message: object): void };
      }
      const runtime = (window as unknown as { chrome?: { runtime?: Runtime } }).chrome?.runtime;
      const answers = await Promise.allSettled(messages.map((message) => runtime?.sendMessage?.(id, message)));
      try {
        const port = runtime?.connect?.(id);
        for (const message of messages) port?.postMessage(message);
      } catch {
        // Nobody listens: as it should be.
      }
      return answers.filter((answer) => answer.status === 'fulfilled' && answer.value !== undefined).length;
    }, bench.session.extensionId);
    expect(reached).toBe(0);
    await drawn(page);
    expect(await overlayButtons(page)).toEqual([]);
    // A real question afterwards is the only thing that was recorded since.
    await check(page);
    await waitForOverlay(page, VERDICT);
    const { records } = await bench.companion.history({ limit: 2 });
    expect(records[1]?.id).toBe(before[0]?.id);
  });

  it('be rid of it by removing its host, or make the browser work without end to put it back', async () => {
    const page = await judged(IMAGE);
    await page.evaluate((selector) => document.querySelector(selector)?.remove(), HOST);
    await page.waitForFunction((selector) => document.querySelector(selector) !== null, HOST);
    await waitForOverlay(page, VERDICT);
    // A page that removes it each time wins in the end: it is put back no oftener than a dozen times in ten seconds.
    const removed = await page.evaluate(async (selector) => {
      const times: number[] = [];
      const remove = () => {
        const host = document.querySelector(selector);
        if (!host) return;
        times.push(performance.now());
        host.remove();
      };
      const observer = new MutationObserver(remove);
      observer.observe(document.documentElement, { childList: true, subtree: true });
      remove();
      const quietSince = () => performance.now() - (times.at(-1) ?? 0);
      while (times.length < 11 || quietSince() < 1000) await new Promise((resolve) => requestAnimationFrame(resolve));
      observer.disconnect();
      return times;
    }, HOST);
    const spans = removed.slice(12).map((time, index) => time - (removed[index] ?? 0));
    expect(spans.filter((span) => span < 9_900)).toEqual([]);
  });

  it('carry it off into a part of the page that is hidden', async () => {
    const page = await judged(`${IMAGE}<div id="cellar" style="display:none"></div>`);
    await page.evaluate((selector) => {
      const host = document.querySelector(selector);
      if (host) document.getElementById('cellar')?.append(host);
    }, HOST);
    await page.waitForFunction(
      (selector) => document.querySelector(selector)?.parentElement === document.documentElement,
      HOST,
    );
    await waitForOverlay(page, VERDICT);
  });

  it('close it, or switch it off, by the attributes of its host', async () => {
    const page = await judged(IMAGE);
    await page.evaluate((selector) => {
      const host = document.querySelector<HTMLElement>(selector);
      host?.hidePopover();
      host?.setAttribute('inert', '');
      host?.setAttribute('hidden', '');
    }, HOST);
    await page.waitForFunction((selector) => document.querySelector(selector)?.matches(':popover-open'), HOST);
    await expect
      .poll(async () => {
        await clickOverlayButton(page, /Wrong\?/).catch(() => undefined);
        return overlayText(page);
      })
      .toMatch(/really/i);
  });
});

describe('attack: run a script through the words around a picture', () => {
  const MARKUP = `"'><img src=x onerror="window.owned=1"><script>window.owned=1</script>`;

  it('in the card, the popup and the history, by its name, title, alternative text and address', async () => {
    const bytes = await picture(930);
    const path = `/${encodeURIComponent(MARKUP)}.jpg`;
    bench.site.route(path, () => image(bytes));
    const page = await open('');
    await page.evaluate(
      ([address = '', markup = '']) => {
        document.title = markup;
        const element = Object.assign(new Image(400, 300), { id: 'it', alt: markup, title: markup, src: address });
        document.body.append(element);
        return element.decode();
      },
      [`${path}?${MARKUP}#${MARKUP}`, MARKUP],
    );
    await check(page);
    await waitForOverlay(page, VERDICT);
    const popup = await openPage(bench.session.context);
    await popup.goto(`chrome-extension://${bench.session.extensionId}/popup.html`);
    await popup.getByRole('heading').first().waitFor();
    const browser = closeAfterTest(await launchPlainBrowser());
    const history = await openHistory(browser, bench.companion);
    const record = (await bench.companion.history({ limit: 1 })).records[0];
    expect(record?.source.pageTitle).toContain('onerror');
    await history.getByText('onerror').first().waitFor();
    await history.getByText('onerror').first().click();
    for (const place of [page, popup, history]) {
      await drawn(place);
      expect(await place.evaluate(() => (window as { owned?: number }).owned)).toBeUndefined();
      expect(await place.locator('img[src="x"]').count()).toBe(0);
    }
  });
});

describe('attack: have an automatic verdict stand beside a picture that it is not about', () => {
  const badges = async (page: Page): Promise<string> => (await overlayButtons(page)).join(' ');

  it('by giving the element another address after its badge has come', async () => {
    await checkEverywhere(bench.session);
    const page = await open(IMAGE);
    await expect.poll(() => badges(page)).toMatch(VERDICT);
    // The other picture never comes, so that nothing can be said of it.
    bench.site.route('/never.jpg', () => new Promise(() => undefined));
    await page.evaluate(() => {
      (document.getElementById('it') as HTMLImageElement).src = '/never.jpg';
    });
    await drawn(page);
    expect(await badges(page)).not.toMatch(VERDICT);
  });

  it('by a page loaded anew, whose picture has other bytes under the same address', async () => {
    const [first, second] = await Promise.all([picture(920), picture(921)]);
    let bytes = first;
    bench.site.route('/turn.jpg', () => image(bytes, 'image/jpeg', { 'cache-control': 'no-store' }));
    const page = await open('<img id="it" src="/turn.jpg" width="400" height="300">');
    await expect.poll(() => badges(page)).toMatch(VERDICT);
    const { records } = await bench.companion.history({ limit: 1 });
    bytes = second;
    await page.reload();
    await expect.poll(() => badges(page)).toMatch(VERDICT);
    const { records: after } = await bench.companion.history({ limit: 1 });
    expect(after[0]?.source.url).toBe(records[0]?.source.url);
    expect(after[0]?.id).not.toBe(records[0]?.id);
  });
});

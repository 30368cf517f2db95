import { packsInWords } from '@touchstone/shared';
import { STEP_COLOURS, stepOf } from '@touchstone/shared/present';
import { textOf } from '@touchstone/shared/words';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { rightClickAndCheck, VERDICT, wordOf } from './harness/actions.ts';
import { clickOverlayButton, overlayParts, waitForOverlay } from './harness/closed-roots.ts';
import { openPage } from './harness/open-page.ts';
import { usePairedChromium } from './harness/paired-chromium.ts';
import { picture } from './harness/pictures.ts';
import { html, image } from './harness/site.ts';

const bench = usePairedChromium({
  async serve(site) {
    const bytes = await picture(960);
    site.route('/harbour.jpg', () => image(bytes));
  },
  viewport: { width: 1100, height: 700 },
});

const words = (key: Parameters<typeof textOf>[1]): RegExp => new RegExp(textOf('en', key));
const PICTURE = '<img id="it" src="/harbour.jpg" width="400" height="300">';
/** A host that browsers trust without encryption, and one that they do not. */
const [TRUSTED, PLAIN] = ['localhost', 'site.test'];

/** A page whose picture was judged, with the open card asked to pass its result on. */
async function sharing(host: string, head = '', headers = {}): Promise<Page> {
  bench.site.route('/page', () => html(PICTURE, head, headers));
  const page = await openPage(bench.session.context);
  await page.goto(bench.site.url('/page', host));
  await page.bringToFront();
  await rightClickAndCheck(bench.session, page, page.locator('#it'));
  await waitForOverlay(page, VERDICT);
  await clickOverlayButton(page, /^\s*Share\s*$/);
  await waitForOverlay(page, words('share-text'));
  return page;
}

const status = async (page: Page) => (await overlayParts(page, 'share-section'))[0]?.name;

/** What is on the clipboard, as a page of ours that has the focus reads it. */
async function clipboard(): Promise<{ text: string; png: Buffer | undefined }> {
  const page = await openPage(bench.session.context);
  await page.goto(`chrome-extension://${bench.session.extensionId}/check.html`);
  await bench.session.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.bringToFront();
  const { text, base64 } = await page.evaluate(async () => {
    const items = await navigator.clipboard.read();
    const of = async (type: string) => {
      const item = items.find(({ types }) => types.includes(type));
      return item && new Uint8Array(await (await item.getType(type)).arrayBuffer());
    };
    const png = await of('image/png');
    const plain = await of('text/plain');
    return {
      text: new TextDecoder().decode(plain ?? new Uint8Array()),
      base64: png && btoa(Array.from(png, (byte) => String.fromCharCode(byte)).join('')),
    };
  });
  await page.close();
  return { text, png: base64 === undefined ? undefined : Buffer.from(base64, 'base64') };
}

const newest = async () => {
  const [record] = (await bench.companion.history({ limit: 1 })).records;
  if (!record) throw new Error('no record');
  return record;
};

describe('the card in the page passes its result on', () => {
  it('as a text with step, chance, date and packs, that is no proof and tells no place', async () => {
    const page = await sharing(TRUSTED);
    await clickOverlayButton(page, words('share-text'));
    await expect.poll(() => status(page)).toContain(textOf('en', 'copied'));
    const record = await newest();
    const { text } = await clipboard();
    for (const part of [wordOf(record.verdict), 'Chance of AI', packsInWords(record), 'harbour.jpg'])
      expect(text).toContain(part);
    expect(text).toContain(new Date(record.at).getFullYear().toString());
    expect(text).toContain(textOf('en', 'never-proof'));
    expect(text).not.toMatch(/http|localhost/);
  });

  it('as a picture in the colour of its step', async () => {
    const page = await sharing(TRUSTED);
    await clickOverlayButton(page, words('share-picture'));
    await expect.poll(() => status(page)).toContain(textOf('en', 'copied'));
    const { png } = await clipboard();
    const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect(info.width).toBe(1280);
    const colour = STEP_COLOURS[stepOf((await newest()).verdict)];
    // In the bar along its top, off its outline.
    const at = (info.width * 6 + 100) * 3;
    const bar = data.subarray(at, at + 3).toString('hex');
    expect(`#${bar}`).toBe(colour);
    // Words are drawn, not only the ground.
    const dark = data.filter((value) => value < 90).length;
    expect(dark / data.length).toBeGreaterThan(0.005);
  });

  it('where a page would listen, and give others its own text, without the page hearing of it', async () => {
    const spy = `<script>
      window.heard = [];
      const note = (what) => (...args) => { heard.push(what); return Promise.resolve(); };
      for (const type of ['copy', 'beforecopy', 'click', 'focusin'])
        for (const target of [window, document])
          target.addEventListener(type, (event) => { heard.push(type); event.clipboardData?.setData('text/plain', 'forged'); event.preventDefault(); }, true);
      if (navigator.clipboard) Object.assign(navigator.clipboard, { writeText: note('writeText'), write: note('write') });
      window.ClipboardItem = note('item');
      document.execCommand = note('execCommand');
      for (const kind of [HTMLCanvasElement, OffscreenCanvas]) kind.prototype.getContext = note('canvas');
      window.heard.length = 0;
    </script>`;
    for (const host of [TRUSTED, PLAIN]) {
      const page = await sharing(host, spy);
      await page.evaluate('heard.length = 0');
      await clickOverlayButton(page, words('share-text'));
      await expect.poll(() => status(page)).toContain(textOf('en', 'copied'));
      expect(await page.evaluate('heard')).toEqual([]);
      expect((await clipboard()).text).toMatch(VERDICT);
      await page.close();
    }
  });

  it('says where to look where a page lets no picture be copied, and copies the text all the same', async () => {
    for (const [host, headers] of [
      [PLAIN, {}],
      [TRUSTED, { 'permissions-policy': 'clipboard-write=()' }],
    ] as const) {
      const page = await sharing(host, '', headers);
      await clickOverlayButton(page, words('share-picture'));
      await expect.poll(() => status(page)).toContain(textOf('en', 'share-refused'));
      await clickOverlayButton(page, words('share-text'));
      await expect.poll(() => status(page)).toContain(textOf('en', 'copied'));
      expect((await clipboard()).text).toMatch(VERDICT);
      await page.close();
    }
  });

  it('by the keyboard alone, and goes back to where it was asked', async () => {
    const page = await sharing(TRUSTED);
    const focused = async () => (await overlayParts(page, 'button')).find((button) => button.focused)?.name;
    await expect.poll(focused).toBe(textOf('en', 'share-text'));
    await page.keyboard.press('Enter');
    await expect.poll(() => status(page)).toContain(textOf('en', 'copied'));
    expect(await focused()).toBe(textOf('en', 'share-text'));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await expect.poll(focused).toBe(textOf('en', 'share'));
    expect(await status(page)).toBe(textOf('en', 'share'));
  });
});

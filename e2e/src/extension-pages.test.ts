import { readFile } from 'node:fs/promises';
import { textOf } from '@touchstone/shared/words';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { VERDICT } from './harness/actions.ts';
import { type ChromiumSession, launchChromium } from './harness/chromium.ts';
import { type Companion, startCompanion } from './harness/companion.ts';
import { openPage } from './harness/open-page.ts';
import { picture } from './harness/pictures.ts';

let companion: Companion;
let session: ChromiumSession;
let welcome: Page;

beforeAll(async () => {
  [companion, session] = await Promise.all([startCompanion(), launchChromium({ publicPorts: [], welcome: true })]);
  const shown = session.context.pages().find((page) => page.url().endsWith('/welcome.html'));
  if (!shown) throw new Error('a new installation shows no welcome page');
  welcome = shown;
});

afterAll(async () => {
  await session?.close();
  await companion?.dispose();
});

it('a new installation is led to its pairing and its first verdict, by keyboard alone', async () => {
  const check = welcome.getByRole('button', { name: textOf('en', 'welcome-check-sample') });
  await check.waitFor();
  expect(await check.isDisabled()).toBe(true);
  const { code } = await companion.pairing();
  await welcome.getByLabel(textOf('en', 'pair-code-label')).focus();
  await welcome.keyboard.type(code);
  await welcome.getByLabel(textOf('en', 'port')).fill(String(companion.port));
  await welcome.keyboard.press('Enter');
  await welcome.getByText(/^Touchstone \d.* on this computer$/).waitFor();
  await check.focus();
  await welcome.keyboard.press('Enter');
  const result = welcome.locator('.file-results button.result');
  await result.waitFor();
  expect(await result.textContent()).toMatch(VERDICT);
  expect(await result.textContent()).toContain('sample.jpg');
});

it('is shown once: a new start of the browser’s part of the extension opens nothing', async () => {
  await welcome.close();
  await session.stopServiceWorker();
  const popup = await openPage(session.context);
  await popup.goto(`chrome-extension://${session.extensionId}/popup.html`);
  await popup.getByText(/^Touchstone \d.* on this computer$/).waitFor();
  expect(session.context.pages().filter((page) => page.url().endsWith('/welcome.html'))).toEqual([]);
});

it('a tab takes files that are chosen, dropped and pasted, and says why one has no verdict', async () => {
  const page = await openPage(session.context);
  await page.goto(`chrome-extension://${session.extensionId}/check.html`);
  const results = page.locator('.file-results > li');
  const verdicts = page.locator('.file-results button.result');
  const bytes = Buffer.from(await picture(71));
  await page.locator('input[type=file]').setInputFiles([
    { name: 'chosen.jpg', mimeType: 'image/jpeg', buffer: bytes },
    { name: 'broken.jpg', mimeType: 'image/jpeg', buffer: bytes.subarray(0, 300) },
  ]);
  await page.locator('.file-results .result[data-verdict="error"] .glyph-error').waitFor();
  await verdicts.waitFor();
  expect(await verdicts.textContent()).toContain('chosen.jpg');

  const give = (type: 'drop' | 'paste', name: string, content: string) =>
    page.evaluate(
      ([kind, fileName, base64]) => {
        const transfer = new DataTransfer();
        const data = Uint8Array.from(atob(base64 ?? ''), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([data], fileName ?? '', { type: 'image/jpeg' }));
        const event =
          kind === 'drop'
            ? new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer })
            : new ClipboardEvent('paste', { bubbles: true, clipboardData: transfer });
        document.querySelector('.drop-area')?.dispatchEvent(event);
      },
      [type, name, content],
    );
  const other = Buffer.from(await picture(72)).toString('base64');
  await give('drop', 'dropped.jpg', other);
  await verdicts.nth(1).waitFor();
  await give('paste', 'pasted.jpg', other);
  await verdicts.nth(2).waitFor();
  const said = (await results.allTextContents()).join('\n');
  for (const name of ['pasted.jpg', 'dropped.jpg', 'chosen.jpg']) expect(said).toContain(name);
  expect(await results.count()).toBe(4);
});

it('a result is passed on as text and as a picture, from where no page can read it', async () => {
  const page = await openPage(session.context);
  await page.goto(`chrome-extension://${session.extensionId}/check.html`);
  await session.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.bringToFront();
  const buffer = Buffer.from(await picture(72));
  await page.locator('input[type=file]').setInputFiles([{ name: 'harbour.jpg', mimeType: 'image/jpeg', buffer }]);
  const item = page.locator('.result-item').first();
  await item.locator('.share-toggle').click();
  await item.getByRole('button', { name: textOf('en', 'share-text') }).click();
  await item.getByText(textOf('en', 'copied')).waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toMatch(VERDICT);
  expect(text).toContain('harbour.jpg');
  expect(text).toContain(textOf('en', 'never-proof'));
  await item.getByRole('button', { name: textOf('en', 'share-picture') }).click();
  await item.getByText(textOf('en', 'copied')).waitFor();
  const types = await page.evaluate(async () => (await navigator.clipboard.read()).flatMap((one) => [...one.types]));
  expect(types).toContain('image/png');
  const downloading = page.waitForEvent('download');
  await item.getByRole('button', { name: textOf('en', 'share-save') }).click();
  const saved = await readFile(await (await downloading).path());
  expect(saved.subarray(1, 4).toString()).toBe('PNG');
  expect(saved.readUInt32BE(16)).toBe(1280);
});

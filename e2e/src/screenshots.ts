/**
 * Makes the pictures of the README from the real product: `pnpm screenshots`. Needs the built extension and history page.
 * Pictures shown are the sample photographs of companion/assets and what the tests generate; nothing else.
 */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { type Language, textOf } from '@touchstone/shared/words';
import type { Page } from 'playwright-core';
import { pairThroughPage, rightClickAndCheck, verdictIn } from './harness/actions.ts';
import { type ChromiumSession, launchChromium } from './harness/chromium.ts';
import { clickOverlayButton, overlayButtons, waitForOverlay } from './harness/closed-roots.ts';
import { type Companion, startCompanion } from './harness/companion.ts';
import { checkEverywhere } from './harness/gallery.ts';
import { generatorPng } from './harness/pictures.ts';
import { popupBeside } from './harness/popup.ts';
import { html, image, type Site, startSite } from './harness/site.ts';

const root = resolve(import.meta.dirname, '../..');
const out = resolve(process.argv[2] ?? join(root, 'docs/screenshots'));
const TYPES: Readonly<Record<string, string>> = { '.jpg': 'image/jpeg', '.png': 'image/png', '.webp': 'image/webp' };
/** Four photographs and a generated picture. */
const GALLERY_PICTURES = 5;
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 360, height: 780 };

async function servePhotographs(site: Site): Promise<string[]> {
  const folder = join(root, 'companion/assets');
  const names = (await readdir(folder, { recursive: true }))
    .filter((name) => TYPES[extname(name)])
    .toSorted((left, right) => Number(right.includes('chelsea')) - Number(left.includes('chelsea')));
  for (const name of names) {
    const bytes = await readFile(join(folder, name));
    site.route(`/${name}`, () => image(bytes, TYPES[extname(name)]));
  }
  const generated = await generatorPng(7);
  site.route('/generated.png', () => image(generated, 'image/png'));
  const style = `<style>body{margin:0 auto;max-width:1080px;padding:32px 24px;font:17px/1.55 Georgia,serif;background:light-dark(#fff,#14171a);color:light-dark(#222,#ddd);color-scheme:light dark}
h1{font-size:34px;margin:0 0 12px}figure{margin:20px 0}img{max-width:100%;border-radius:4px}.row{display:grid;grid-template-columns:repeat(auto-fill,minmax(max(130px,30%),1fr));gap:16px}.row img{width:100%;height:220px;object-fit:cover}</style>`;
  site.route('/article', () =>
    html(
      `<h1>The cat who looked back</h1><p>A page with a picture that a reader doubts.</p><figure><img id="t" src="/${names[0]}" width="620"></figure><p>Nothing of it leaves the computer.</p>`,
      style,
    ),
  );
  site.route('/generator', () =>
    html(`<h1>A quiet harbour at dawn</h1><figure><img id="t" src="/generated.png" width="620"></figure>`, style),
  );
  site.route('/gallery-page', () =>
    html(
      `<h1>Pictures of the week</h1><div class="row">${[...names, 'generated.png'].map((name) => `<img src="/${name}">`).join('')}</div>`,
      style,
    ),
  );
  return names;
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(out, `${name}.png`) });
  console.log(`${name}.png`);
}

async function overlay(
  session: ChromiumSession,
  site: Site,
  { language, suffix }: Pick<Look, 'language' | 'suffix'>,
): Promise<void> {
  for (const path of ['article', 'generator']) {
    const page = await session.context.newPage();
    await page.goto(site.url(`/${path}`));
    await rightClickAndCheck(session, page, page.locator('#t'));
    await waitForOverlay(page, verdictIn(language));
    await shoot(page, `card-${path}${suffix}`);
    await clickOverlayButton(page, new RegExp(`^\\s*${textOf(language, 'share')}\\s*$`));
    await waitForOverlay(page, new RegExp(textOf(language, 'share-text')));
    await shoot(page, `share-${path}${suffix}`);
    await page.close();
  }
}

/** A case with two results, and what the list shows of a selection and after a deletion. */
async function filed(page: Page, companion: Companion, { language, suffix }: Pick<Look, 'language' | 'suffix'>) {
  const button = (key: 'cases' | 'new-case' | 'delete' | 'undo') =>
    page.getByRole('button', { name: new RegExp(`^${textOf(language, key)}`) }).first();
  const { records } = await companion.history({ limit: 3 });
  const of = { name: 'The cat who looked back', note: 'Two pages, one picture.', tags: ['cat', 'press'] };
  const { id } = (await companion.api('POST', '/api/cases', of)) as { id: string };
  await companion.api('POST', `/api/cases/${id}/records`, { ids: records.slice(0, 2).map((record) => record.id) });
  await page.goto(`http://127.0.0.1:${companion.port}/`);
  await button('cases').click();
  await page.locator('.case').waitFor();
  await shoot(page, `cases${suffix}`);
  await button('new-case').click();
  await page.getByRole('dialog').waitFor();
  await shoot(page, `case-new${suffix}`);
  await page.goto(`http://127.0.0.1:${companion.port}/?case=${id}`);
  await page.locator('.grid [role="row"]').first().focus();
  await page.keyboard.press('Space');
  await shoot(page, `selection${suffix}`);
  await page.keyboard.press('Delete');
  const dialog = page.getByRole('alertdialog');
  await dialog.waitFor();
  await shoot(page, `delete${suffix}`);
  await dialog.getByRole('button', { name: textOf(language, 'delete'), exact: true }).click();
  await button('undo').waitFor();
  await shoot(page, `undo${suffix}`);
}

async function historyPage(
  session: ChromiumSession,
  companion: Companion,
  { language, suffix }: Pick<Look, 'language' | 'suffix'>,
): Promise<void> {
  const page = await session.context.newPage();
  await page.goto(await companion.historyLink());
  await page.getByText(verdictIn(language)).first().waitFor();
  await page.waitForTimeout(800);
  await shoot(page, `history${suffix}`);
  const { records } = await companion.history({ limit: 1 });
  await page.goto(`http://127.0.0.1:${companion.port}/?record=${records[0]?.id}`);
  await page.waitForTimeout(1200);
  await shoot(page, `history-detail${suffix}`);
  await filed(page, companion, { language, suffix });
  await page.close();
}

interface Look {
  readonly colorScheme: 'light' | 'dark';
  readonly viewport: { readonly width: number; readonly height: number };
  readonly language: Language;
  readonly suffix: string;
}

async function surfaces({ colorScheme, viewport, language, suffix }: Look): Promise<void> {
  const [companion, site] = await Promise.all([startCompanion(), startSite()]);
  const session = await launchChromium({ publicPorts: [site.port], colorScheme, viewport, locale: language });
  try {
    await servePhotographs(site);
    const pairing = await session.context.newPage();
    await pairing.goto((await companion.pairing()).url);
    await waitForOverlay(pairing, new RegExp(textOf(language, 'pair-button')));
    await shoot(pairing, `pairing${suffix}`);
    await pairing.close();
    await pairThroughPage(session, companion, language);
    await overlay(session, site, { language, suffix });
    await checkEverywhere(session);
    const gallery = await session.context.newPage();
    await gallery.goto(site.url('/gallery-page'));
    // Badges near a threshold wait for the thorough pack.
    const decided = async () =>
      (await overlayButtons(gallery)).filter((words) => verdictIn(language).test(words)).length;
    for (let wait = 0; wait < 240 && (await decided()) < GALLERY_PICTURES; wait += 1) await gallery.waitForTimeout(250);
    await gallery.waitForTimeout(500);
    await shoot(gallery, `badges${suffix}`);
    await historyPage(session, companion, { language, suffix });
    const popup = await popupBeside(session, gallery);
    await popup.setViewportSize({ width: 360, height: 600 });
    await popup.locator('.thumbnail-part').first().waitFor();
    await shoot(popup, `popup${suffix}`);
    await popup.close();
    for (const name of ['options', 'welcome', 'check']) {
      const page = await session.context.newPage();
      await page.goto(`chrome-extension://${session.extensionId}/${name}.html`);
      await page.waitForTimeout(600);
      if (name === 'welcome') {
        await page.getByRole('button', { name: textOf(language, 'welcome-check-sample') }).click();
        await page.locator('.file-results button.result').waitFor();
      }
      await shoot(page, `${name}${suffix}`);
      await page.close();
    }
    await gallery.close();
  } finally {
    await session.close();
    await site.close();
    await companion.dispose();
  }
}

await mkdir(out, { recursive: true });
await surfaces({ colorScheme: 'light', viewport: WIDE, language: 'en', suffix: '' });
await surfaces({ colorScheme: 'dark', viewport: WIDE, language: 'de', suffix: '-dark-de' });
await surfaces({ colorScheme: 'light', viewport: NARROW, language: 'de', suffix: '-narrow-de' });
await surfaces({ colorScheme: 'light', viewport: WIDE, language: 'ar', suffix: '-ar' });
await surfaces({ colorScheme: 'dark', viewport: NARROW, language: 'ar', suffix: '-dark-narrow-ar' });

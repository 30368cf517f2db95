import type { Page } from 'playwright-core';
import type { ChromiumSession } from './chromium.ts';
import { picture } from './pictures.ts';
import { html, image, type Site } from './site.ts';

/**
 * A page of many different pictures, four in a row; every tenth repeats the address of the one before.
 * @param name of the gallery: another one has other pictures
 */
export async function serveGallery(
  site: Site,
  count: number,
  name = 'g',
): Promise<{ url: string; addresses: string[] }> {
  const base = await Promise.all(Array.from({ length: 10 }, (_, seed) => picture(300 + seed, 'jpeg', 320, 240)));
  const addresses = Array.from({ length: count }, (_, index) => `/${name}/${index % 10 === 9 ? index - 1 : index}.jpg`);
  for (const [index, address] of addresses.entries()) {
    // A JPEG comment makes the bytes differ without making another picture: no two addresses share a hash.
    const comment = Buffer.from(`picture ${name} ${index}`);
    const source = base[index % base.length] ?? Buffer.alloc(0);
    const segment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, comment.length + 2]), comment]);
    const bytes = Buffer.concat([source.subarray(0, 2), segment, source.subarray(2)]);
    site.route(address, () => image(bytes));
  }
  const body = addresses.map((src) => `<img src="${src}" width="280" height="210" loading="lazy">`).join('\n');
  const path = name === 'g' ? '/gallery' : `/gallery-${name}`;
  site.route(path, () => html(body, '<style>img{margin:4px}</style>'));
  return { url: site.url(path), addresses };
}

/** Chooses "everywhere" in the options, as a person does. */
export async function checkEverywhere(session: ChromiumSession): Promise<void> {
  const options = await session.context.newPage();
  try {
    await options.goto(`chrome-extension://${session.extensionId}/options.html`);
    await options.locator('input[type=radio][value=everywhere]').check({ force: true });
    // Saved, and not only shown: pages that are opened from now on are told so.
    await options.waitForFunction(async () => {
      const { chrome } = globalThis as unknown as {
        chrome: { storage: { local: { get(key: string): Promise<{ settings?: { autoCheck?: string } }> } } };
      };
      return (await chrome.storage.local.get('settings')).settings?.autoCheck === 'everywhere';
    });
  } finally {
    await options.close();
  }
}

/** Scrolls down in steps, as a reader does. @param pauseMs rest after each step */
export async function scrollThrough(page: Page, pauseMs: number): Promise<void> {
  for (;;) {
    const atEnd = await page.evaluate(() => {
      window.scrollBy(0, 700);
      return window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 2;
    });
    await page.waitForTimeout(pauseMs);
    if (atEnd) return;
  }
}

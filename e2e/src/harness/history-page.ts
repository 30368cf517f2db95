import { type Browser, chromium, type Page } from 'playwright-core';
import { browserPath } from './browser-paths.ts';
import type { Companion } from './companion.ts';

export interface HistoryPageOptions {
  readonly colorScheme?: 'light' | 'dark';
  /** Of the browser; the page follows it. */
  readonly locale?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** A browser without the extension: the history page needs none. */
export function launchPlainBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath('chromium'), args: ['--no-sandbox', '--disable-gpu'] });
}

/** Opens the history through its one-time link, in a profile of its own. */
export async function openHistory(
  browser: Browser,
  companion: Companion,
  { colorScheme = 'light', locale, viewport = { width: 1280, height: 860 } }: HistoryPageOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    colorScheme,
    viewport,
    acceptDownloads: true,
    ...(locale !== undefined && { locale }),
  });
  const page = await context.newPage();
  await page.goto(await companion.historyLink());
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

interface GivenFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** Drops or pastes files as a person does: the page meets the real event with a real list of files. */
export async function giveFiles(page: Page, how: 'drop' | 'paste', files: readonly GivenFile[]): Promise<void> {
  const given = files.map(({ name, type, bytes }) => ({ name, type, base64: bytes.toString('base64') }));
  await page.evaluate(
    ({ kind, list }) => {
      const data = new DataTransfer();
      for (const { name, type, base64 } of list) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name, { type }));
      }
      const about = { bubbles: true, cancelable: true };
      if (kind === 'paste') {
        document.body.dispatchEvent(new ClipboardEvent('paste', { ...about, clipboardData: data }));
        return;
      }
      for (const event of ['dragenter', 'dragover', 'drop'] as const) {
        document.body.dispatchEvent(new DragEvent(event, { ...about, dataTransfer: data }));
      }
    },
    { kind: how, list: given },
  );
}

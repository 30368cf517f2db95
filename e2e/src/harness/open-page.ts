import { onTestFinished } from 'vitest';

/** What both drivers give. */
interface Closable {
  close(): Promise<void>;
}

/** Closes a page when the test that opened it ends, however it ends: the next one would find its tab by the same address. */
export function closeAfterTest<Page extends Closable>(page: Page): Page {
  // A test may have closed it.
  onTestFinished(() => page.close().catch(() => undefined));
  return page;
}

/** Opens a page for the test that runs. @param browser whatever opens pages */
export async function openPage<Page extends Closable>(browser: { newPage(): Promise<Page> }): Promise<Page> {
  return closeAfterTest(await browser.newPage());
}

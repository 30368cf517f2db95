import type { Browser } from 'puppeteer-core';

/** Opens the one-time link and presses the Pair button by keyboard: it is in a closed shadow root. */
export async function pairByKeyboard(browser: Browser, pairingUrl: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(pairingUrl);
  const state = (): Promise<string | null> =>
    page.$eval('#touchstone-pairing', (element) => element.getAttribute('data-state'));
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 500));
  for (let wait = 0; wait < 60 && (await state()) !== 'extension-present'; wait += 1) await pause();
  for (let presses = 0; presses < 60 && (await state()) !== 'paired'; presses += 1) {
    await page.keyboard.press('Tab');
    if (!(await page.evaluate(() => document.activeElement?.closest('#touchstone-pairing') !== null))) continue;
    await page.keyboard.press('Enter');
    await pause();
  }
  if ((await state()) !== 'paired') throw new Error(`the browser did not pair: ${await state()}`);
  await page.close();
}

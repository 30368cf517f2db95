import axe from 'axe-core';
import type { CDPSession, Page } from 'playwright-core';

/**
 * Violations of WCAG 2.2 A and AA and of axe's best practices, as `rule: first element`. Waits for React Aria's announcer: for
 * seven seconds it holds the name of a control by its id, and the control may be gone by then.
 * @param own a session that stays: where another ends, Chromium takes its virtual authenticator from the page
 */
export async function violations(page: Page, own?: CDPSession): Promise<string[]> {
  // By way of the debugger: the pages' own policies let no foreign script in.
  const devtools = own ?? (await page.context().newCDPSession(page));
  await devtools.send('Runtime.evaluate', { expression: axe.source });
  const { result } = await devtools.send('Runtime.evaluate', {
    expression: `(async () => {
      const namesWhatIsGone = (element) =>
        element.getAttribute('aria-labelledby').split(' ').some((id) => !document.getElementById(id));
      const announced = () => [...document.querySelectorAll('[data-live-announcer] [aria-labelledby]')];
      for (let i = 0; i < 100 && announced().some(namesWhatIsGone); i++) await new Promise((done) => setTimeout(done, 100));
      const found = await axe.run(document);
      return JSON.stringify(found.violations.map((v) => v.id + ': ' + v.nodes[0].target));
    })()`,
    awaitPromise: true,
  });
  if (!own) await devtools.detach();
  return JSON.parse(String(result.value)) as string[];
}

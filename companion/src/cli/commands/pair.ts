import { api } from '@touchstone/shared/api';
import { needCompanion } from '../link/companion-link.ts';
import { openInBrowser } from '../terminal/open-in-browser.ts';

/** `touchstone pair`: makes a one-time link for one browser. @throws TouchstoneError `companion-unreachable` */
export async function pair({ open = false }: { readonly open?: boolean }): Promise<void> {
  const link = await needCompanion();
  const { url, code, expiresAt } = await link.call(api.links.pairing);
  const minutes = Math.max(1, Math.round((expiresAt - Date.now()) / 60_000));
  process.stdout.write(`Open this link in the browser that has the extension, and press "Pair":\n\n  ${url}\n\n`);
  process.stdout.write(`Or type the code in the extension's popup:  ${code}\n`);
  process.stdout.write(`It works once, for the next ${minutes} minutes.\n`);
  if (open) await openInBrowser(url);
}

import type { PairedBrowser } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import Table from 'cli-table3';
import { needCompanion } from '../link/companion-link.ts';
import { onlyMatch } from '../link/only-match.ts';

/** `touchstone browsers list` */
export async function listBrowsers({ json = false }: { readonly json?: boolean }): Promise<void> {
  const browsers = await (await needCompanion()).call(api.browsers.list);
  if (json) for (const browser of browsers) process.stdout.write(`${JSON.stringify(browser)}\n`);
  else if (browsers.length === 0)
    process.stdout.write('No browser is paired. Run "npm run touchstone pair" to pair one.\n');
  else process.stdout.write(`${tableOf(browsers)}\n`);
}

function tableOf(browsers: readonly PairedBrowser[]): string {
  const table = new Table({ head: ['Id', 'Browser', 'Paired', 'Last seen'], style: { head: [], border: [] } });
  const time = (at: number) => new Date(at).toLocaleString();
  for (const { id, name, pairedAt, lastSeenAt, connected } of browsers) {
    const seen = connected ? 'connected now' : lastSeenAt === null ? 'never' : time(lastSeenAt);
    table.push([id, foreignText(name), time(pairedAt), seen]);
  }
  return table.toString();
}

/** `touchstone browsers revoke`: a browser by its id or the beginning of it. @throws TouchstoneError `bad-request` */
export async function revokeBrowser(id: string): Promise<void> {
  const link = await needCompanion();
  const browser = onlyMatch(await link.call(api.browsers.list), id, ['browsers', 'browser']);
  await link.fetch(api.browsers.revoke, { params: { id: browser.id } });
  process.stdout.write(`${foreignText(browser.name)} is no longer paired.\n`);
}

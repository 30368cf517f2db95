import { api } from '@touchstone/shared/api';
import { needCompanion } from '../link/companion-link.ts';
import { startDetached } from '../start/start-detached.ts';
import { openInBrowser } from '../terminal/open-in-browser.ts';

export interface OpenOptions {
  /** What the menu of programs asks for: a companion is started where none runs, and paired where no browser is. */
  readonly start?: boolean;
}

/** `touchstone open`: a one-time link to the history page, opened where there is a browser. */
export async function openHistory({ start = false }: OpenOptions = {}): Promise<void> {
  if (start) await startDetached();
  const link = await needCompanion();
  const unpaired = start && (await link.call(api.browsers.list)).length === 0;
  const { url } = await link.call(unpaired ? api.links.pairing : api.links.history);
  const opened = await openInBrowser(url);
  process.stdout.write(
    opened
      ? 'The page is open in your browser. If it is not: TOUCHSTONE_NO_OPEN=1 npm run touchstone open\n'
      : `Open this link; it works once, within ${unpaired ? 'ten minutes' : 'a minute'}:\n\n  ${url}\n`,
  );
}

import { api } from '@touchstone/shared/api';
import { needCompanion } from '../link/companion-link.ts';
import { openInBrowser } from '../terminal/open-in-browser.ts';

/** `touchstone open`: a one-time link to the history page, opened where there is a browser. */
export async function openHistory(): Promise<void> {
  const link = await needCompanion();
  const { url } = await link.call(api.links.history);
  const opened = await openInBrowser(url);
  process.stdout.write(
    opened
      ? 'The history page is open in your browser. If it is not: TOUCHSTONE_NO_OPEN=1 npm run touchstone open\n'
      : `Open this link; it works once, within a minute:\n\n  ${url}\n`,
  );
}

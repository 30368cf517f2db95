import { api } from '@touchstone/shared/api';
import { foreignText } from '@touchstone/shared/words';
import type { CompanionLink } from '../link/companion-link.ts';
import { openInBrowser } from '../terminal/open-in-browser.ts';
import { builtExtension } from './extension-folders.ts';
import { firstSteps } from './first-steps.ts';

const MINUTE_MS = 60_000;

/** Prints what to do next, with a new pairing link; opens the link where no browser is paired yet. */
export async function showFirstSteps(link: CompanionLink, open: boolean): Promise<void> {
  const { url, expiresAt } = await link.call(api.links.pairing);
  const paired = (await link.call(api.browsers.list)).map(({ name }) => foreignText(name));
  const minutes = Math.max(1, Math.round((expiresAt - Date.now()) / MINUTE_MS));
  process.stdout.write(firstSteps({ extension: builtExtension(), pairingUrl: url, minutes, paired }));
  if (open && paired.length === 0) await openInBrowser(url);
}

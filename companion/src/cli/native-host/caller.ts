import { CHROMIUM_IDS, FIREFOX_ID, TouchstoneError } from '@touchstone/shared';

/**
 * Refuses to work for another extension than ours. Browsers hold to the host's manifest themselves; this is for a manifest that
 * somebody has changed.
 * @param args of the program: Chromium gives the caller's origin, Firefox the manifest's path and the caller's id
 * @throws TouchstoneError `unauthorized`
 */
export function refuseForeignCaller(args: readonly string[]): void {
  const [first = '', second] = args;
  const chromium = CHROMIUM_IDS.some((id) => first === `chrome-extension://${id}/`);
  if (!chromium && second !== FIREFOX_ID) throw new TouchstoneError('unauthorized', `called by ${first.slice(0, 100)}`);
}

import { browser } from 'wxt/browser';

/** What goes to a team's server, in the words that Firefox has for it; browsers without them ask for the host alone. */
const DATA_THAT_GOES = ['websiteContent', 'browsingActivity'];

/**
 * Asks the browser for what speaking to a team's server needs: its host and no other, and to hear why a connection to it fails. Must
 * be the first thing that a press leads to: the browser asks nobody later.
 * @param address `https://host[:port]`
 * @returns whether the person allows it
 */
export function askToReach(address: string): Promise<boolean> {
  const { hostname } = new URL(address);
  const wanted = {
    origins: [`https://${hostname}/*`],
    permissions: ['webRequest'] satisfies string[] as ['webRequest'],
    ...(import.meta.env.FIREFOX && { data_collection: DATA_THAT_GOES }),
  };
  return browser.permissions.request(wanted);
}

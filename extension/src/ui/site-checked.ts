import type { ExtensionSettings } from '@touchstone/shared';

/** Whether pictures of a host are checked without asking, under these settings. */
export function siteChecked({ autoCheck, watchedSites, mutedSites }: ExtensionSettings, host: string): boolean {
  if (autoCheck === 'everywhere') return !mutedSites.includes(host);
  return autoCheck === 'watched' && watchedSites.includes(host);
}

import type { ExtensionSettings } from '@touchstone/shared';
import type { ConnectionPlace } from '../connection/connection-state.ts';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whether pictures of a page are checked without asking.
 * @param pageUrl of the top frame
 * @param place the history page's own thumbnails are never checked: each check would make another one
 */
export function checksAutomatically(
  { autoCheck, watchedSites, mutedSites, allowPrivate }: ExtensionSettings,
  pageUrl: string | undefined,
  incognito: boolean,
  { port: companionPort, team }: ConnectionPlace,
): boolean {
  if (autoCheck === 'ask' || (incognito && !allowPrivate)) return false;
  if (pageUrl === undefined || !URL.canParse(pageUrl)) return false;
  const { protocol, hostname, port, origin } = new URL(pageUrl);
  if (protocol !== 'http:' && protocol !== 'https:') return autoCheck === 'everywhere';
  if (origin === team) return false;
  if (LOOPBACK.has(hostname) && Number(port) === companionPort) return false;
  return autoCheck === 'watched' ? watchedSites.includes(hostname) : !mutedSites.includes(hostname);
}

/** What the popup's switch for one site changes. */
export function switchSite(settings: ExtensionSettings, host: string, enabled: boolean): Partial<ExtensionSettings> {
  const without = (list: readonly string[]) => list.filter((site) => site !== host);
  if (settings.autoCheck === 'everywhere')
    return { mutedSites: enabled ? without(settings.mutedSites) : [...without(settings.mutedSites), host] };
  const others = without(settings.watchedSites);
  // Whoever watches one site wants that one: sites left from an earlier choice do not come back by themselves.
  const kept = settings.autoCheck === 'ask' && enabled ? [] : others;
  return enabled ? { autoCheck: 'watched', watchedSites: [...kept, host] } : { watchedSites: others };
}

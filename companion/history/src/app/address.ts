import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { filterFromUrl, filterToUrl, type PageFilter } from '../filter/filter-url.ts';

const CHANGED = 'touchstone-address';

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(CHANGED, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(CHANGED, listener);
  };
}

/** How an address change enters the browser's history. */
export type AddressChange = 'push' | 'replace';

/** The address that shows `filter` and, if given, one record. */
export function addressOf(filter: PageFilter, recordId: string | undefined): string {
  const query = [filterToUrl(filter), recordId && `record=${encodeURIComponent(recordId)}`].filter(Boolean).join('&');
  return query === '' ? '/' : `/?${query}`;
}

/** Pages that only a team's server has. */
const TEAM_PAGES = ['people', 'account', 'audit'] as const;
export type TeamPage = (typeof TEAM_PAGES)[number];

/** Pages beside the history. */
const PAGES = ['system', 'teach', 'cases', ...TEAM_PAGES] as const;
export type SidePage = (typeof PAGES)[number];

export const isTeamPage = (page: SidePage | undefined): page is TeamPage => TEAM_PAGES.some((one) => one === page);

/** What the address says: the filter in view and the open record. The address is the only place that holds them. */
export function useAddress() {
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  const filter = useMemo(() => filterFromUrl(search), [search]);
  const recordId = useMemo(() => new URLSearchParams(search).get('record')?.slice(0, 64) || undefined, [search]);

  const view = new URLSearchParams(search).get('view');
  const page = PAGES.find((one) => one === view);

  const go = useCallback((to: string, how: AddressChange) => {
    if (to === window.location.pathname + window.location.search) return;
    window.history[how === 'push' ? 'pushState' : 'replaceState'](null, '', to);
    window.dispatchEvent(new Event(CHANGED));
  }, []);
  const setFilter = useCallback(
    (next: PageFilter, how: AddressChange = 'push') => go(addressOf(next, undefined), how),
    [go],
  );
  const openRecord = useCallback(
    (id: string | undefined, how: AddressChange = 'push') => go(addressOf(filter, id), how),
    [go, filter],
  );
  /** Opens a page beside the history, or goes back to the whole of it. */
  const openPage = useCallback(
    (next: SidePage | undefined) => go(next === undefined ? '/' : `/?view=${next}`, 'push'),
    [go],
  );
  return { filter, recordId, page, setFilter, openRecord, openPage };
}

import { useCallback, useSyncExternalStore } from 'react';

/** Room for list and details side by side. */
export const WIDE = '(min-width: 1000px)';
/** Room for the filters beside the list as well. */
export const WIDEST = '(min-width: 1280px)';

export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

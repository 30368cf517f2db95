import { useCallback, useEffect } from 'react';
import { askBackground } from '../messaging/ask-background.ts';
import { onBackgroundChange } from '../messaging/background-changes.ts';
import type { BackgroundState, ChangeNotice } from '../messaging/requests.ts';
import { type Loaded, useLoaded } from './use-loaded.ts';

/** Loads from the background, and again when it says that this kind of thing changed. @param load must be stable */
export function useFresh<Value>(load: () => Promise<Value>, kind: ChangeNotice['what']): Loaded<Value> {
  const loaded = useLoaded(load);
  const { reload } = loaded;
  useEffect(() => {
    const controller = new AbortController();
    onBackgroundChange((what) => {
      if (what === kind) void reload();
    }, controller.signal);
    return () => controller.abort();
  }, [kind, reload]);
  return loaded;
}

/** The connection to the companion. */
export function useConnection(): Loaded<BackgroundState> {
  return useFresh(
    useCallback(() => askBackground({ type: 'get-state' }), []),
    'state',
  );
}

/** The extension's settings. */
export function useSettings() {
  return useFresh(
    useCallback(() => askBackground({ type: 'get-settings' }), []),
    'settings',
  );
}

import type { ResultRecord } from '@touchstone/shared';

/** Records kept, about 3 kB each. */
const LIMIT = 2_000;
/** An address can show another picture later; within this time an automatic check takes the last answer for it. */
const FRESH_MS = 10 * 60_000;

export interface RecentResults {
  get(key: string): ResultRecord | undefined;
  put(keys: readonly string[], record: ResultRecord): void;
  clear(): void;
}

/** Last verdicts by address and by hash of the bytes, the least recently used forgotten first. */
export function createRecentResults(now: () => number = Date.now, limit: number = LIMIT): RecentResults {
  const entries = new Map<string, { readonly record: ResultRecord; readonly at: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      if (now() - entry.at > FRESH_MS) return undefined;
      entries.set(key, entry);
      return entry.record;
    },
    put(keys, record) {
      for (const key of keys) {
        entries.delete(key);
        entries.set(key, { record, at: now() });
      }
      for (const oldest of entries.keys()) {
        if (entries.size <= limit) return;
        entries.delete(oldest);
      }
    },
    clear: () => entries.clear(),
  };
}

import type { ResultRecord } from '@touchstone/shared';

/** Records kept, about 3 kB each. */
const LIMIT = 2_000;
/** Within this time an automatic check takes the last answer for the same bytes. */
const FRESH_MS = 10 * 60_000;

export interface RecentResults {
  get(hash: string): ResultRecord | undefined;
  put(hash: string, record: ResultRecord): void;
  clear(): void;
}

/** Last verdicts by hash of the bytes, the least recently used forgotten first. */
export function createRecentResults(now: () => number = Date.now, limit: number = LIMIT): RecentResults {
  const entries = new Map<string, { readonly record: ResultRecord; readonly at: number }>();
  return {
    get(hash) {
      const entry = entries.get(hash);
      if (!entry) return undefined;
      entries.delete(hash);
      if (now() - entry.at > FRESH_MS) return undefined;
      entries.set(hash, entry);
      return entry.record;
    },
    put(hash, record) {
      entries.delete(hash);
      entries.set(hash, { record, at: now() });
      for (const oldest of entries.keys()) {
        if (entries.size <= limit) return;
        entries.delete(oldest);
      }
    },
    clear: () => entries.clear(),
  };
}

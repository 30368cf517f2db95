import type { QueryClient } from '@tanstack/react-query';
import type { ResultRecord } from '@touchstone/shared';
import { keys } from './query-keys.ts';

/** What was deleted is shown from no cache either: the open one is asked for again, and is not there. */
export function forgetRecords(client: QueryClient, ids: readonly string[] | 'filter'): void {
  const gone = ids === 'filter' ? undefined : new Set<unknown>(ids);
  const isGone = ({
    queryKey,
    state,
  }: {
    readonly queryKey: readonly unknown[];
    readonly state: { data?: unknown };
  }) => {
    const [kind, id] = queryKey;
    if (!PARTS.has(kind) || !(gone?.has(id) ?? true)) return false;
    // What was never logged is known to this page alone.
    return (state.data as Partial<ResultRecord> | undefined)?.logged !== false;
  };
  client.removeQueries({ type: 'inactive', predicate: isGone });
  void client.resetQueries({ type: 'active', predicate: isGone });
}

/** Kinds of queries about one record; its id is the second part of their keys. */
const PARTS = new Set<unknown>(
  [keys.record, keys.explanation].map((key) => key('')[0]).concat(keys.view('', '', '')[0]),
);

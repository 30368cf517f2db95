import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { ResultRecord } from '@touchstone/shared';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { fetchPage } from '../api/companion.ts';
import { forgetRecords } from '../api/forget-records.ts';
import { keys } from '../api/query-keys.ts';
import { filterToUrl, type PageFilter, toHistoryFilter } from '../filter/filter-url.ts';
import { type LiveChange, useLive } from '../live/live-context.tsx';
import {
  contentsOf,
  type HistoryData,
  newRecords,
  recordsOf,
  rowsTellDeletion,
  sizeOf,
  totalOf,
  withLabel,
  withoutRecords,
  withRecords,
} from './history-data.ts';

/** Results that wait above the list while the reader is further down. */
interface Waiting {
  readonly records: readonly ResultRecord[];
  /** True after an interruption: the list has to be loaded anew to be right. */
  readonly stale: boolean;
}

const NOTHING_WAITING: Waiting = { records: [], stale: false };

/**
 * The list of one filter: pages on demand, live changes merged in. New results go straight to the head while the
 * reader is there, else they wait until `showNewest`.
 */
export function useHistory(filter: PageFilter, onGone: (ids: ReadonlySet<string> | 'filter') => void) {
  const client = useQueryClient();
  const { subscribe } = useLive();
  const filterKey = filterToUrl(filter);
  const key = useMemo(() => [...keys.history, filterKey], [filterKey]);
  const asked = useMemo(() => toHistoryFilter(filter), [filter]);
  const [waiting, setWaiting] = useState<Waiting>(NOTHING_WAITING);
  const atHead = useRef(true);

  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => fetchPage(asked, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (previous) => previous,
  });

  const reload = useCallback(async () => {
    setWaiting(NOTHING_WAITING);
    client.removeQueries({ queryKey: keys.history, type: 'inactive' });
    // Only the head is loaded anew; the rest follows as the reader scrolls.
    client.setQueryData<HistoryData>(
      key,
      (data) => data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
    );
    await client.invalidateQueries({ queryKey: key });
  }, [client, key]);

  /** Loads everything anew that is loaded, in its place. */
  const refresh = useCallback(async () => {
    client.removeQueries({ queryKey: keys.history, type: 'inactive' });
    await client.invalidateQueries({ queryKey: key });
  }, [client, key]);

  /** Takes out what was deleted. */
  const drop = useCallback(
    async (ids: readonly string[] | 'filter') => {
      forgetRecords(client, ids);
      const gone = ids === 'filter' ? undefined : new Set(ids);
      const known = client.getQueryData<HistoryData>(key);
      client.removeQueries({ queryKey: keys.history, type: 'inactive' });
      if (!gone || (known && !rowsTellDeletion(known, [...gone]))) return reload();
      setWaiting((held) => ({ ...held, records: held.records.filter(({ id }) => !gone.has(id)) }));
      client.setQueryData<HistoryData>(key, (data) => data && withoutRecords(data, gone));
    },
    [client, key, reload],
  );

  const addAtHead = useCallback(
    (records: readonly ResultRecord[]) => {
      client.setQueryData<HistoryData>(key, (data) => data && withRecords(data, newRecords(data, records, asked)));
    },
    [client, key, asked],
  );

  const showNewest = useCallback(async () => {
    if (waiting.stale) return reload();
    addAtHead(waiting.records);
    setWaiting(NOTHING_WAITING);
  }, [waiting, reload, addAtHead]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter has other results waiting
  useEffect(() => setWaiting(NOTHING_WAITING), [filterKey]);

  useEffect(() => {
    const change = (live: LiveChange) => {
      switch (live.type) {
        case 'records': {
          client.removeQueries({ queryKey: keys.history, type: 'inactive' });
          // A content that was checked before may stand further down than what is loaded.
          if (atHead.current && live.records.some(({ seenBefore }) => seenBefore?.exact)) return void reload();
          if (atHead.current) return addAtHead(live.records);
          const data = client.getQueryData<HistoryData>(key);
          if (!data) return;
          return setWaiting((held) => ({
            ...held,
            records: newRecords(data, [...held.records, ...live.records], asked),
          }));
        }
        case 'label':
          client.setQueryData<HistoryData>(key, (data) => data && withLabel(data, live.id, live.label));
          return void client.invalidateQueries({ queryKey: keys.record(live.id) });
        case 'cases':
          // What a case or a tag finds is another list now; of the others no row changes.
          if (asked.case !== undefined || asked.tag !== undefined) void reload();
          return;
        case 'deleted':
          onGone(live.ids === 'filter' ? 'filter' : new Set(live.ids));
          return void drop(live.ids);
        case 'restored':
          return void refresh();
        case 'reconnected':
          if (atHead.current || client.getQueryState(key)?.status !== 'success') return void reload();
          return setWaiting((held) => ({ ...held, stale: true }));
      }
    };
    return subscribe(change);
  }, [subscribe, client, key, asked, addAtHead, reload, refresh, drop, onGone]);

  const records = useMemo(() => recordsOf(query.data), [query.data]);
  const setAtHead = useCallback((value: boolean) => {
    atHead.current = value;
  }, []);
  const { data } = query;
  const sizeOfRow = useCallback((id: string) => sizeOf(data, id), [data]);
  return {
    query,
    records,
    total: totalOf(data),
    contents: contentsOf(data),
    sizeOfRow,
    waiting,
    showNewest,
    refresh,
    drop,
    setAtHead,
  };
}

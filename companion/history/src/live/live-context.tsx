import { useQueryClient } from '@tanstack/react-query';
import type { CompanionStatus, Label, ResultRecord } from '@touchstone/shared';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { fetchStatus } from '../api/companion.ts';
import { keys } from '../api/query-keys.ts';
import { refreshFiled } from '../cases/use-cases.ts';
import { type Connection, followEvents, type LiveEvents } from './live-events.ts';

export type LiveChange =
  | { readonly type: 'records'; readonly records: readonly ResultRecord[] }
  | { readonly type: 'deleted'; readonly ids: readonly string[] | 'filter' }
  /** A deletion was taken back. */
  | { readonly type: 'restored'; readonly deletion: string }
  | { readonly type: 'label'; readonly id: string; readonly label: Label | null }
  /** Cases, tags or notes were changed. */
  | { readonly type: 'cases' }
  /** The stream was interrupted: anything may have happened meanwhile. */
  | { readonly type: 'reconnected' };

interface Live {
  readonly connection: Connection;
  readonly retryNow: () => void;
  readonly subscribe: (listener: (change: LiveChange) => void) => () => void;
}

/** Records that arrive within this time, in milliseconds, change the list once. */
const BATCH_MS = 120;

const Context = createContext<Live | null>(null);

/** Follows the companion's events and hands them to whoever shows records. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const [connection, setConnection] = useState<Connection>('connecting');
  const listeners = useRef(new Set<(change: LiveChange) => void>());
  const events = useRef<LiveEvents>(undefined);

  useEffect(() => {
    const abort = new AbortController();
    const tell = (change: LiveChange) => {
      for (const listener of listeners.current) listener(change);
    };
    let arrived: ResultRecord[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let interrupted = false;
    const flush = () => {
      const records = arrived;
      arrived = [];
      timer = undefined;
      if (!abort.signal.aborted) tell({ type: 'records', records });
    };
    events.current = followEvents(
      {
        record: (record) => {
          arrived.push(record);
          timer ??= setTimeout(flush, BATCH_MS);
        },
        deleted: ({ ids }) => {
          void client.invalidateQueries({ queryKey: keys.cases });
          tell({ type: 'deleted', ids });
        },
        cases: () => {
          void refreshFiled(client);
          tell({ type: 'cases' });
        },
        restored: ({ deletion }) => {
          void client.invalidateQueries({ queryKey: keys.cases });
          tell({ type: 'restored', deletion });
        },
        label: ({ id, label }) => tell({ type: 'label', id, label }),
        status: (status: CompanionStatus) => client.setQueryData(keys.status, status),
        connection: (state) => {
          setConnection(state);
          if (state === 'offline') {
            interrupted = true;
            // Finds out whether the companion is gone or only the session.
            void fetchStatus(abort.signal).catch(() => undefined);
          } else if (state === 'live' && interrupted) {
            interrupted = false;
            void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== keys.history[0] });
            tell({ type: 'reconnected' });
          }
        },
      },
      abort.signal,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [client]);

  const subscribe = useCallback((listener: (change: LiveChange) => void) => {
    listeners.current.add(listener);
    return () => void listeners.current.delete(listener);
  }, []);
  const retryNow = useCallback(() => events.current?.retryNow(), []);
  const value = useMemo(() => ({ connection, retryNow, subscribe }), [connection, retryNow, subscribe]);
  return <Context value={value}>{children}</Context>;
}

export function useLive(): Live {
  const value = use(Context);
  if (!value) throw new Error('useLive needs a LiveProvider above');
  return value;
}

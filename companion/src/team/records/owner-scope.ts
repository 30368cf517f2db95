import { AsyncLocalStorage } from 'node:async_hooks';
import type { LogEvent } from '../../store/record-store.ts';
import type { TeamHistory } from './team-history.ts';

/**
 * Whose work is being done, carried along by the runtime from where it begins. What asks for records without having said whose gets
 * an error, never everybody's: that nobody is forgotten is no matter of each call's care.
 */
export interface OwnerScope {
  /** The history of whoever the work is for. */
  readonly history: TeamHistory;
  /** Whose the work is. @throws TypeError where nobody said */
  owner(): string;
  /** Does work in an owner's name, with everything that it begins. */
  within<Result>(owner: string, work: () => Promise<Result>): Promise<Result>;
  /** Calls `listener` for what happens to anybody's records, but for those that other processes write, until `signal` aborts. */
  subscribeToAll(listener: (event: LogEvent, owner: string) => void, signal: AbortSignal): void;
  close(): Promise<void>;
}

/** @param open opens one owner's history; it stays open */
export function createOwnerScope(open: (owner: string) => Promise<TeamHistory>): OwnerScope {
  const current = new AsyncLocalStorage<{ readonly owner: string; readonly history: TeamHistory }>();
  const opened = new Map<string, Promise<TeamHistory>>();
  const listeners = new Set<(event: LogEvent, owner: string) => void>();
  const over = new AbortController();

  async function openFor(owner: string): Promise<TeamHistory> {
    const history = await open(owner);
    history.subscribeUnread((event) => {
      for (const listener of listeners) listener(event, owner);
    }, over.signal);
    return history;
  }

  function historyOf(owner: string): Promise<TeamHistory> {
    const known = opened.get(owner) ?? openFor(owner);
    opened.set(owner, known);
    known.catch(() => opened.delete(owner));
    return known;
  }

  const own = () => {
    const found = current.getStore();
    if (!found) throw new TypeError('records were asked for in nobody’s name');
    return found;
  };

  return {
    // Each use looks again whose it is: the object is one for all.
    history: new Proxy({} as TeamHistory, {
      get: (_, name) => {
        if (name === 'then') return undefined;
        return (...given: unknown[]) => {
          const { history } = own();
          return Reflect.apply(Reflect.get(history, name) as (...given: unknown[]) => unknown, history, given);
        };
      },
    }),
    owner: () => own().owner,
    within: async (owner, work) => current.run({ owner, history: await historyOf(owner) }, work),
    subscribeToAll(listener, signal) {
      if (signal.aborted) return;
      listeners.add(listener);
      signal.addEventListener('abort', () => listeners.delete(listener), { once: true });
    },
    async close() {
      over.abort();
      for (const history of opened.values()) await (await history).close();
    },
  };
}

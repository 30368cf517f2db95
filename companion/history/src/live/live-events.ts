import { addressOf, HISTORY_EVENTS, history } from '@touchstone/shared/api';
import * as v from 'valibot';

export type Connection = 'connecting' | 'live' | 'offline';

type Handlers = {
  readonly [Name in keyof typeof HISTORY_EVENTS]: (data: v.InferOutput<(typeof HISTORY_EVENTS)[Name]>) => void;
} & {
  readonly connection: (state: Connection) => void;
};

/** Pauses between attempts, in milliseconds; the last one repeats. The companion is local, so soon is cheap. */
const RECONNECT_MS = [500, 1000, 2000, 4000, 8000] as const;

/** The companion's event stream, reconnected by itself until `signal` aborts. */
export interface LiveEvents {
  /** Tries at once instead of waiting for the next attempt. */
  retryNow(): void;
}

export function followEvents(
  handlers: Handlers,
  signal: AbortSignal,
  open: (address: string) => EventSource = (address) => new EventSource(address),
): LiveEvents {
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource | undefined;

  const connect = () => {
    clearTimeout(timer);
    source?.close();
    const current = open(addressOf(history.events));
    source = current;
    current.addEventListener('open', () => {
      attempt = 0;
      handlers.connection('live');
    });
    current.addEventListener('error', () => {
      // The browser's own reconnection gives up for good on an error status, so it is done here.
      current.close();
      if (signal.aborted || current !== source) return;
      handlers.connection('offline');
      timer = setTimeout(connect, RECONNECT_MS[Math.min(attempt, RECONNECT_MS.length - 1)]);
      attempt += 1;
    });
    for (const name of Object.keys(HISTORY_EVENTS) as (keyof typeof HISTORY_EVENTS)[]) {
      current.addEventListener(name, (event) => deliver(name, event.data, handlers));
    }
  };

  signal.addEventListener(
    'abort',
    () => {
      clearTimeout(timer);
      source?.close();
    },
    { once: true },
  );
  handlers.connection('connecting');
  connect();
  return { retryNow: connect };
}

/** Data that is not what was agreed is dropped; the list is still right after the next load. */
function deliver<Name extends keyof typeof HISTORY_EVENTS>(name: Name, data: unknown, handlers: Handlers): void {
  let value: unknown;
  try {
    value = JSON.parse(String(data));
  } catch {
    return;
  }
  const parsed = v.safeParse(HISTORY_EVENTS[name], value);
  if (parsed.success) handlers[name](parsed.output as Parameters<Handlers[Name]>[0] & never);
}

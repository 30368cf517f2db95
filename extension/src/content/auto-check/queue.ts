/** Pictures of one frame that are out for an answer at a time; the rest wait here, where leaving costs nothing. */
export const AUTO_CAPACITY = 6;
/** Addresses whose outcome is kept; beyond it the oldest is forgotten and may be asked again. */
const KNOWN_LIMIT = 2_000;

export interface AutoQueueEvents<Key, Outcome> {
  /** Sends a check. @returns cancels it */
  start(key: Key, url: string): () => void;
  /** A picture is near and waits. */
  waiting(key: Key, url: string): void;
  show(key: Key, outcome: Outcome, url: string): void;
}

export interface AutoQueue<Key, Outcome> {
  /** A picture is near the viewport or in it, under this address (which may have changed). */
  enter(key: Key, url: string, visible: boolean): void;
  /** It moved away: what has not started is cancelled. */
  leave(key: Key): void;
  /** Its check is being worked on: too late to cancel. */
  begun(url: string): void;
  /** @param keep false where asking again later may help */
  settle(url: string, outcome: Outcome, keep: boolean): void;
  /** The address gave another picture than before: what is known of it, or asked, no longer stands. */
  forget(url: string): void;
  /** Shows again what is known: how it is shown changed. */
  showAgain(): void;
  /** Asks again what failed for a passing reason. @returns whether there was anything */
  retry(): boolean;
  /** Cancels everything. */
  clear(): void;
}

interface Flight {
  readonly cancel: () => void;
  begun: boolean;
}

/**
 * Decides what is asked next: visible pictures first, then near ones, in the order they came. One address is out only
 * once and its outcome is shared by every picture that shows it.
 */
export function createAutoQueue<Key, Outcome>(
  events: AutoQueueEvents<Key, Outcome>,
  capacity: number = AUTO_CAPACITY,
): AutoQueue<Key, Outcome> {
  const near = new Map<Key, { readonly url: string; readonly visible: boolean }>();
  const flights = new Map<string, Flight>();
  const known = new Map<string, Outcome>();
  const failed = new Set<string>();

  const open = (url: string) => !flights.has(url) && !known.has(url) && !failed.has(url);
  const next = (): readonly [Key, string] | undefined => {
    let first: readonly [Key, string] | undefined;
    for (const [key, { url, visible }] of near) {
      if (!open(url)) continue;
      if (visible) return [key, url];
      first ??= [key, url];
    }
    return first;
  };
  const pump = () => {
    while (flights.size < capacity) {
      const found = next();
      if (!found) return;
      const [key, url] = found;
      flights.set(url, { cancel: events.start(key, url), begun: false });
    }
  };
  const abandon = (url: string) => {
    failed.delete(url);
    const flight = flights.get(url);
    if (!flight || flight.begun) return;
    for (const other of near.values()) if (other.url === url) return;
    flights.delete(url);
    flight.cancel();
  };
  const remember = (url: string, outcome: Outcome) => {
    known.set(url, outcome);
    const [oldest] = known.keys();
    if (known.size > KNOWN_LIMIT && oldest !== undefined) known.delete(oldest);
  };

  return {
    enter(key, url, visible) {
      const before = near.get(key);
      near.set(key, { url, visible });
      if (before && before.url !== url) abandon(before.url);
      if (before?.url !== url) {
        const outcome = known.get(url);
        if (outcome === undefined) events.waiting(key, url);
        else events.show(key, outcome, url);
      }
      pump();
    },
    leave(key) {
      const before = near.get(key);
      near.delete(key);
      if (before) abandon(before.url);
      pump();
    },
    begun(url) {
      const flight = flights.get(url);
      if (flight) flight.begun = true;
    },
    settle(url, outcome, keep) {
      flights.delete(url);
      if (keep) remember(url, outcome);
      else failed.add(url);
      // A picture whose address changed meanwhile is under its new address by now, and is left alone.
      for (const [key, entry] of [...near]) if (entry.url === url) events.show(key, outcome, url);
      pump();
    },
    forget(url) {
      known.delete(url);
      failed.delete(url);
      const flight = flights.get(url);
      flights.delete(url);
      flight?.cancel();
      pump();
    },
    showAgain() {
      for (const [key, { url }] of [...near]) {
        const outcome = known.get(url);
        if (outcome !== undefined) events.show(key, outcome, url);
      }
    },
    retry() {
      if (failed.size === 0) return false;
      failed.clear();
      pump();
      return true;
    },
    clear() {
      near.clear();
      failed.clear();
      const running = [...flights.values()];
      flights.clear();
      for (const flight of running) flight.cancel();
    },
  };
}

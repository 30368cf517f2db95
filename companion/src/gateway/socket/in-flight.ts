import { CLIENT_WINDOW, CLIENT_WINDOW_BYTES, TouchstoneError } from '@touchstone/shared';

interface Entry {
  readonly bytes: number;
  readonly controller: AbortController;
}

/** Unanswered captures of one connection. */
export interface InFlight {
  /**
   * Takes a place in the window.
   * @returns aborts when the client cancels or goes away
   * @throws TouchstoneError `window-exceeded`, or `bad-message` for an id that is still unanswered
   */
  begin(id: number, bytes: number): AbortSignal;
  end(id: number): void;
  cancel(id: number): void;
  cancelAll(): void;
}

/** @param most requests at a time */
export function createInFlight(most = CLIENT_WINDOW): InFlight {
  const entries = new Map<number, Entry>();
  let bytesInFlight = 0;
  return {
    begin(id, bytes) {
      if (entries.has(id)) throw new TouchstoneError('bad-message', `request ${id} is not answered yet`);
      if (entries.size >= most || bytesInFlight + bytes > CLIENT_WINDOW_BYTES) {
        throw new TouchstoneError('window-exceeded');
      }
      const controller = new AbortController();
      entries.set(id, { bytes, controller });
      bytesInFlight += bytes;
      return controller.signal;
    },
    end(id) {
      bytesInFlight -= entries.get(id)?.bytes ?? 0;
      entries.delete(id);
    },
    cancel: (id) => entries.get(id)?.controller.abort(),
    cancelAll() {
      for (const entry of entries.values()) entry.controller.abort();
    },
  };
}

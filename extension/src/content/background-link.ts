import type { BackgroundMessage } from '../messaging/background-messages.ts';
import type { ContentMessage } from '../messaging/content-messages.ts';

/** The part of a `runtime` port that is used here. */
export interface Port {
  postMessage(message: ContentMessage): void;
  disconnect(): void;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
}

export interface LinkEvents {
  message(message: BackgroundMessage): void;
  /** A new port is open: what was unanswered must be asked again. */
  connected(): void;
  /** Whether answers are awaited. */
  busy(): boolean;
}

export interface BackgroundLink {
  send(message: ContentMessage): void;
  /** Opens the port if it is not open. */
  ensure(): void;
}

/** First wait before reconnecting while answers are awaited; doubles up to the longest. */
const RECONNECT_FIRST_MS = 100;
const RECONNECT_LONGEST_MS = 5_000;
/** A port that lived this long was a good one. */
const RECONNECT_RESET_MS = 10_000;

/**
 * Keeps a port to the background. The browser ends the background when it is idle and the port with it; while answers
 * are awaited the port is opened again at once, else only when somebody needs it, so that idle pages keep no worker
 * alive.
 * @param connect opens a port; throws when the extension was removed or updated
 * @param orphaned called once when that happens
 */
export function createBackgroundLink(
  connect: () => Port,
  events: LinkEvents,
  orphaned: () => void,
  signal: AbortSignal,
): BackgroundLink {
  let port: Port | undefined;
  let openedAt = 0;
  let wait = RECONNECT_FIRST_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const lost = (which: Port) => {
    if (port !== which) return;
    port = undefined;
    if (performance.now() - openedAt > RECONNECT_RESET_MS) wait = RECONNECT_FIRST_MS;
    if (signal.aborted || !events.busy()) return;
    clearTimeout(timer);
    timer = setTimeout(ensure, wait);
    wait = Math.min(wait * 2, RECONNECT_LONGEST_MS);
  };
  const ensure = () => {
    if (port || signal.aborted) return;
    let opened: Port;
    try {
      opened = connect();
    } catch {
      orphaned();
      return;
    }
    port = opened;
    openedAt = performance.now();
    // The background is the other end of a private port; its messages are typed, not parsed.
    opened.onMessage.addListener((message) => events.message(message as BackgroundMessage));
    opened.onDisconnect.addListener(() => lost(opened));
    events.connected();
  };

  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    port?.disconnect();
    port = undefined;
  });

  return {
    ensure,
    send(message) {
      ensure();
      const used = port;
      try {
        used?.postMessage(message);
      } catch {
        if (used) lost(used);
      }
    },
  };
}

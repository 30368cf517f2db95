import { askBackground } from '../messaging/ask-background.ts';

/** What the history page shows while it has no session. */
const GATE = '[data-touchstone-session="none"]';
/** Told by the history page when it has lost its session. */
const LOST_EVENT = 'touchstone-session-lost';
/** A companion that has just started is found again by then. */
const ATTEMPTS = 5;
const BETWEEN_ATTEMPTS_MS = 2_000;
/** A session that is lost again at once (cookies that are not kept) is not renewed for ever. */
const SHORTEST_SESSION_MS = 30_000;

/**
 * Gives the history page a new one-time link whenever it has no session: sessions end with the companion that opened them,
 * and the paired extension can prove itself to the next one. The link stays in the fragment, which is never sent.
 */
export function renewSessions(page: Document, signal: AbortSignal): void {
  const view = page.defaultView;
  if (!view) return;
  let renewedAt = Number.NEGATIVE_INFINITY;

  const renew = async (attempts: number): Promise<void> => {
    if (signal.aborted || !page.querySelector(GATE)) return;
    try {
      const { fragment } = await askBackground({ type: 'history-session', port: Number(page.location.port || 80) });
      page.location.hash = fragment;
    } catch {
      // Not paired, or not with this companion: the page itself says what to do.
      if (attempts > 1) view.setTimeout(() => void renew(attempts - 1), BETWEEN_ATTEMPTS_MS);
    }
  };
  const lost = () => {
    if (Date.now() - renewedAt < SHORTEST_SESSION_MS) return;
    renewedAt = Date.now();
    void renew(ATTEMPTS);
  };
  page.addEventListener(LOST_EVENT, lost, { signal });
  // The page may have said so before this script came.
  if (page.querySelector(GATE)) lost();
}

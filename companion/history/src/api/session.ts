import { SessionAnswer, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';

const CSRF_KEY = 'touchstone.csrf';
/** What the address may name; anything else in the fragment is dropped. */
const TOKEN = /^[\w-]{20,100}$/;
const RECORD_ID = /^[\w-]{1,64}$/;

export type SessionState = 'open' | 'none' | 'link-used';

/** What a session needs from the browser; tests give their own. */
export interface SessionPlace {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'replaceState'>;
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly fetch: typeof fetch;
}

export interface OneTimeLink {
  readonly token: string;
  readonly recordId: string | undefined;
}

/** Reads `#TOKEN[&record=ID]`. */
export function readLink(hash: string): OneTimeLink | undefined {
  const [token = '', ...rest] = hash.replace(/^#/, '').split('&');
  if (!TOKEN.test(token)) return undefined;
  const record = new URLSearchParams(rest.join('&')).get('record') ?? '';
  return { token, recordId: RECORD_ID.test(record) ? record : undefined };
}

/**
 * Opens the page's session. A one-time link is taken out of the address and the browser's history before anything is
 * sent. Without a link, the cookie of an earlier visit gives the CSRF token back (reload, second tab).
 * @throws TouchstoneError `companion-unreachable` when nobody answers
 */
export async function openSession(place: SessionPlace): Promise<SessionState> {
  const link = readLink(place.location.hash);
  if (place.location.hash !== '' || place.location.pathname !== '/') {
    const query = link ? (link.recordId ? `?record=${link.recordId}` : '') : place.location.search;
    place.history.replaceState(null, '', `/${query}`);
  }
  if (link) return tradeToken(place, link.token);
  if (place.storage.getItem(CSRF_KEY)) return 'open';
  const csrf = await askForCsrf(place, { method: 'GET' });
  return csrf ? remember(place, csrf) : 'none';
}

async function tradeToken(place: SessionPlace, token: string): Promise<SessionState> {
  const csrf = await askForCsrf(place, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  if (csrf) return remember(place, csrf);
  // A link that was used before is no harm while this browser still has its session.
  const earlier = await askForCsrf(place, { method: 'GET' });
  return earlier ? remember(place, earlier) : 'link-used';
}

async function askForCsrf(place: SessionPlace, init: RequestInit): Promise<string | undefined> {
  const answer = await place.fetch('/api/session', { ...init, credentials: 'same-origin' }).catch(() => {
    throw new TouchstoneError('companion-unreachable');
  });
  if (!answer.ok) return undefined;
  const parsed = v.safeParse(SessionAnswer, await answer.json().catch(() => undefined));
  return parsed.success ? parsed.output.csrf : undefined;
}

function remember(place: SessionPlace, csrf: string): SessionState {
  place.storage.setItem(CSRF_KEY, csrf);
  return 'open';
}

export function csrfToken(storage: Pick<Storage, 'getItem'> = sessionStorage): string | null {
  return storage.getItem(CSRF_KEY);
}

export function forgetSession(storage: Pick<Storage, 'removeItem'> = sessionStorage): void {
  storage.removeItem(CSRF_KEY);
}

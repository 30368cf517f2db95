import { TouchstoneError } from '@touchstone/shared';
import { type ApiClient, createClient, type SessionAnswer, session, type Transport } from '@touchstone/shared/api';

const CSRF_KEY = 'touchstone.csrf';
/** Says that the session is somebody's of a team. */
const TEAM_KEY = 'touchstone.team';
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
    const query = link?.recordId ? `?record=${link.recordId}` : place.location.search;
    place.history.replaceState(null, '', `/${query}`);
  }
  if (link) return tradeToken(place, link.token);
  if (place.storage.getItem(CSRF_KEY)) return 'open';
  const csrf = await csrfOf(place, clientAt(place).call(session.current));
  return csrf ? remember(place, csrf) : 'none';
}

async function tradeToken(place: SessionPlace, token: string): Promise<SessionState> {
  const csrf = await csrfOf(place, clientAt(place).call(session.open, { body: { token } }));
  if (csrf) return remember(place, csrf);
  // A link that was used before is no harm while this browser still has its session.
  const earlier = await csrfOf(place, clientAt(place).call(session.current));
  return earlier ? remember(place, earlier) : 'link-used';
}

/** The API before there is a session: with nothing but the cookie. */
export function clientAt(place: Pick<SessionPlace, 'fetch'>): ApiClient<never> {
  const transport: Transport<never> = (address, { method, headers, body }) =>
    place
      .fetch(address, { method, headers, body: body ?? null, credentials: 'same-origin' })
      .catch((cause: unknown) => {
        throw new TouchstoneError('companion-unreachable', String(cause), { cause });
      });
  return createClient(transport, { isUpload: (_body): _body is never => false, misread: 'bad-message' });
}

/** @returns undefined where there is no session */
async function csrfOf(place: SessionPlace, asked: Promise<SessionAnswer>): Promise<string | undefined> {
  try {
    const { csrf, team } = await asked;
    if (team) place.storage.setItem(TEAM_KEY, 'yes');
    return csrf;
  } catch (error) {
    if (error instanceof TouchstoneError && error.code === 'companion-unreachable') throw error;
    return undefined;
  }
}

function remember(place: SessionPlace, csrf: string): SessionState {
  place.storage.setItem(CSRF_KEY, csrf);
  return 'open';
}

/** Keeps the session of somebody of a team. */
export function rememberTeam(place: Pick<SessionPlace, 'storage'>, csrf: string): void {
  place.storage.setItem(CSRF_KEY, csrf);
  place.storage.setItem(TEAM_KEY, 'yes');
}

/** Whether the session is somebody's of a team. */
export const isOfTeam = (storage: Pick<Storage, 'getItem'> = sessionStorage): boolean =>
  storage.getItem(TEAM_KEY) !== null;

export function csrfToken(storage: Pick<Storage, 'getItem'> = sessionStorage): string | null {
  return storage.getItem(CSRF_KEY);
}

export function forgetSession(storage: Pick<Storage, 'removeItem'> = sessionStorage): void {
  storage.removeItem(CSRF_KEY);
  storage.removeItem(TEAM_KEY);
}

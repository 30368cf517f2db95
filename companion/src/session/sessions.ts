import { createHmac, randomBytes } from 'node:crypto';
import { LOCAL_OWNER } from '../records/owner.ts';
import { sameSecret } from './same-secret.ts';

/** A session ends this long after its last use. */
export const SESSION_IDLE_MS = 12 * 60 * 60_000;

/** Sessions at the same time; the one unused longest goes. */
const MAX_SESSIONS = 32;

export interface Session {
  /** Goes into the cookie: 256 random bits, base64url. */
  readonly id: string;
  /** Goes into the header of every request that changes something. */
  readonly csrf: string;
  /** Whose session it is, in the words of records and jobs. */
  readonly owner: string;
}

export interface Sessions {
  /** @param owner default is the one person of this computer */
  open(owner?: string): Session;
  /** The session of a cookie, while it lives; using it keeps it alive. */
  find(id: string | undefined): Session | undefined;
}

export function isCsrfOf(session: Session, header: string | undefined): boolean {
  return header !== undefined && sameSecret(header, session.csrf);
}

/** Sessions of the history page, in memory: a restart of the companion ends them all. */
export function createSessions(now: () => number = Date.now): Sessions {
  const key = randomBytes(32);
  /** By id, the one unused longest first. */
  const open = new Map<string, { readonly owner: string; readonly usedAt: number }>();

  /** Derived, so that there is one thing to keep. */
  function sessionOf(id: string, owner: string): Session {
    return { id, csrf: createHmac('sha256', key).update(id).digest('base64url'), owner };
  }

  return {
    open(owner = LOCAL_OWNER) {
      const id = randomBytes(32).toString('base64url');
      open.set(id, { owner, usedAt: now() });
      const [oldest] = open.keys();
      if (open.size > MAX_SESSIONS && oldest !== undefined) open.delete(oldest);
      return sessionOf(id, owner);
    },
    find(id) {
      const found = id === undefined ? undefined : open.get(id);
      if (id === undefined || found === undefined) return undefined;
      open.delete(id);
      if (found.usedAt + SESSION_IDLE_MS <= now()) return undefined;
      open.set(id, { owner: found.owner, usedAt: now() });
      return sessionOf(id, found.owner);
    },
  };
}

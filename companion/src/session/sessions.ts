import { createHmac, randomBytes } from 'node:crypto';
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
}

export interface Sessions {
  open(): Session;
  /** The session of a cookie, while it lives; using it keeps it alive. */
  find(id: string | undefined): Session | undefined;
}

export function isCsrfOf(session: Session, header: string | undefined): boolean {
  return header !== undefined && sameSecret(header, session.csrf);
}

/** Sessions of the history page, in memory: a restart of the companion ends them all. */
export function createSessions(now: () => number = Date.now): Sessions {
  const key = randomBytes(32);
  const lastUse = new Map<string, number>();

  /** Derived, so that there is one thing to keep. */
  function sessionOf(id: string): Session {
    return { id, csrf: createHmac('sha256', key).update(id).digest('base64url') };
  }

  return {
    open() {
      const id = randomBytes(32).toString('base64url');
      lastUse.set(id, now());
      const [oldest] = lastUse.keys();
      if (lastUse.size > MAX_SESSIONS && oldest !== undefined) lastUse.delete(oldest);
      return sessionOf(id);
    },
    find(id) {
      const used = id === undefined ? undefined : lastUse.get(id);
      if (id === undefined || used === undefined) return undefined;
      lastUse.delete(id);
      if (used + SESSION_IDLE_MS <= now()) return undefined;
      lastUse.set(id, now());
      return sessionOf(id);
    },
  };
}

import { randomBytes } from 'node:crypto';

/** A link to the history page works this long, once. */
export const LINK_LIFETIME_MS = 60_000;

/** Links that wait to be opened; the oldest goes. */
const MAX_WAITING = 64;

export interface OneTimeTokens {
  /** 256 random bits, base64url. */
  issue(): string;
  /** @returns whether it was good; it is not any more */
  redeem(token: string): boolean;
}

/** Tokens of links to the history page. They live in memory only. */
export function createOneTimeTokens(now: () => number = Date.now): OneTimeTokens {
  const waiting = new Map<string, number>();
  return {
    issue() {
      const token = randomBytes(32).toString('base64url');
      waiting.set(token, now() + LINK_LIFETIME_MS);
      const [oldest] = waiting.keys();
      if (waiting.size > MAX_WAITING && oldest !== undefined) waiting.delete(oldest);
      return token;
    },
    redeem(token) {
      const expiresAt = waiting.get(token);
      waiting.delete(token);
      return expiresAt !== undefined && expiresAt > now();
    },
  };
}

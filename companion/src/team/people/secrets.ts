import { createHash, createHmac, randomBytes } from 'node:crypto';

/** A secret that only its holder has: 256 random bits, base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is kept of a secret, lower-case hex. Nothing slower is needed, because nobody guesses 256 bits. */
export const hashOf = (secret: string | Uint8Array): string => createHash('sha256').update(secret).digest('hex');

/** Names a row: nobody guesses one, and a person types its beginning. */
export const newId = (): string => randomBytes(10).toString('hex');

/** The CSRF token of a session, derived from the secret of its cookie, which the page cannot read. */
export const csrfOf = (secret: string): string =>
  createHmac('sha256', secret).update('touchstone csrf').digest('base64url');

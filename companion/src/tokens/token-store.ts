import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { FiniteNumber, TouchstoneError } from '@touchstone/shared';
import { type NewToken, TokenInfo, type TokenRequest } from '@touchstone/shared/api';
import * as v from 'valibot';
import { openJsonStore } from '../settings/json-store.ts';
import { isTokenText, newTokenText, tokenHash } from './token-text.ts';

const StoredToken = v.object({
  ...TokenInfo.entries,
  createdAt: FiniteNumber,
  /** SHA-256 of the token, lower-case hex. */
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});
type StoredToken = v.InferOutput<typeof StoredToken>;

const TokensFile = v.object({ tokens: v.array(StoredToken) });

/** Tokens at the same time; each request looks through them. */
export const MAX_TOKENS = 100;

/** The last use is written down at most this often, in milliseconds: a file a request would wear the disk out. */
const USE_WRITTEN_EVERY_MS = 60_000;

const DAY_MS = 24 * 60 * 60_000;

/** Tokens of programs, kept as hashes in tokens.json. */
export interface TokenStore {
  list(): readonly TokenInfo[];
  /** @returns the token with its text, once it is on the disk @throws TouchstoneError `bad-request` when there are too many */
  create(request: TokenRequest): Promise<v.InferOutput<typeof NewToken>>;
  /** The token that a text is, and notes that it was used; undefined for a wrong, a revoked and an expired one. */
  use(text: string): TokenInfo | undefined;
  /** Takes effect at once. @returns false where there was none */
  revoke(id: string): Promise<boolean>;
  /** Resolves when every change made so far is on the disk, or could not be written. */
  settled(): Promise<void>;
}

function shown({ hash: _, ...token }: StoredToken): TokenInfo {
  return token;
}

/**
 * Opens tokens.json of a data folder.
 * @param now milliseconds since 1970
 * @throws TouchstoneError `folder-unusable`
 */
export async function openTokens(
  folder: string,
  onWarning: (message: string) => void,
  now: () => number = Date.now,
): Promise<TokenStore> {
  const store = await openJsonStore({
    path: join(folder, 'tokens.json'),
    schema: TokensFile,
    empty: { tokens: [] },
    afterDamage: { tokens: [] },
    damageWords: 'No program has a token now; make new ones.',
    onWarning,
  });
  let lastWrite: Promise<void> = Promise.resolve();

  function save(tokens: readonly StoredToken[]): Promise<void> {
    store.data.tokens = [...tokens];
    lastWrite = store.write();
    return lastWrite;
  }

  return {
    list: () => store.data.tokens.map(shown),
    async create({ name, scopes, days }) {
      if (store.data.tokens.length >= MAX_TOKENS) {
        const nextStep = 'Revoke tokens that nobody needs: "npm run touchstone tokens list".';
        throw new TouchstoneError('bad-request', `${MAX_TOKENS} tokens`, { nextStep });
      }
      const token = newTokenText();
      const createdAt = now();
      const stored: StoredToken = {
        id: randomBytes(6).toString('hex'),
        name,
        scopes: [...new Set(scopes)],
        createdAt,
        expiresAt: days === null ? null : createdAt + Math.round(days * DAY_MS),
        lastUsedAt: null,
        hash: tokenHash(token),
      };
      await save([...store.data.tokens, stored]);
      return { ...shown(stored), token };
    },
    use(text) {
      if (!isTokenText(text)) return undefined;
      const hash = tokenHash(text);
      const at = now();
      const known = store.data.tokens.find((token) => token.hash === hash);
      if (!known || (known.expiresAt !== null && known.expiresAt <= at)) return undefined;
      if (Math.abs(at - (known.lastUsedAt ?? 0)) >= USE_WRITTEN_EVERY_MS) {
        const used = { ...known, lastUsedAt: at };
        // A disk that is full costs the note, not the request.
        save(store.data.tokens.map((token) => (token === known ? used : token))).catch(() => {});
        return shown(used);
      }
      return shown(known);
    },
    async revoke(id) {
      const kept = store.data.tokens.filter((token) => token.id !== id);
      if (kept.length === store.data.tokens.length) return false;
      await save(kept);
      return true;
    },
    settled: () => lastWrite.catch(() => {}),
  };
}

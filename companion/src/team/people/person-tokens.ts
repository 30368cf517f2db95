import { TouchstoneError } from '@touchstone/shared';
import { type NewToken, Person, TokenInfo, type TokenRequest } from '@touchstone/shared/api';
import { type Kysely, sql } from 'kysely';
import * as v from 'valibot';
import { isTokenText, newTokenText, tokenHash } from '../../tokens/token-text.ts';
import { told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';
import { noteDeed } from './audit.ts';
import { PERSON_COLUMNS } from './people.ts';
import { newId } from './secrets.ts';

/** Tokens of one person at the same time. */
const MAX_TOKENS = 100;

/** The last use is written down at most this often, in milliseconds. */
const USE_WRITTEN_EVERY_MS = 60_000;

const DAY_MS = 24 * 60 * 60_000;

const Scopes = v.pipe(v.string(), v.parseJson(), TokenInfo.entries.scopes);
const TokenRow = v.object({ ...TokenInfo.entries, scopes: Scopes });
const UsedRow = v.object({ ...TokenRow.entries, person: v.pipe(v.string(), v.parseJson(), Person) });

const TOKEN_COLUMNS = sql`tokens.id, tokens.name, tokens.scopes, tokens.created_at AS "createdAt",
  tokens.expires_at AS "expiresAt", tokens.used_at AS "lastUsedAt"`;

/** A program that works in somebody's name. */
export interface TokenOfPerson {
  readonly token: TokenInfo;
  readonly person: Person;
}

/** Tokens of programs in a team: each belongs to a person, and may no more than that person may. */
export interface PersonTokens {
  list(person: string): Promise<readonly TokenInfo[]>;
  /** @returns the token with its text, told this once @throws TouchstoneError `bad-request` when there are too many */
  create(person: string, request: TokenRequest): Promise<v.InferOutput<typeof NewToken>>;
  /** Whose a text is; undefined for a wrong, an ended and an expired one, and for those of people who are kept out. */
  use(text: string): Promise<TokenOfPerson | undefined>;
  /** @returns whether that person had it */
  revoke(person: string, id: string): Promise<boolean>;
}

/** @param now milliseconds since 1970 */
export function createPersonTokens(
  database: Kysely<TeamTables>,
  tenant: string,
  now: () => number = Date.now,
): PersonTokens {
  return {
    list: (person) =>
      told(async () => {
        const found = sql`SELECT ${TOKEN_COLUMNS} FROM tokens WHERE tenant = ${tenant} AND person = ${person} ORDER BY created_at, id`;
        return (await found.execute(database)).rows.map((row) => v.parse(TokenRow, row));
      }),
    create: (person, { name, scopes, days }) =>
      told(() =>
        database.transaction().execute(async (trx) => {
          // Two who make the last one at once take turns.
          await sql`SELECT pg_advisory_xact_lock(hashtextextended(${JSON.stringify([tenant, person])}, 5))`.execute(
            trx,
          );
          const counted = sql<{
            total: number;
          }>`SELECT count(*) AS total FROM tokens WHERE tenant = ${tenant} AND person = ${person}`;
          if (((await counted.execute(trx)).rows[0]?.total ?? 0) >= MAX_TOKENS)
            throw new TouchstoneError('bad-request', `${MAX_TOKENS} tokens`, {
              nextStep: 'Revoke tokens that nobody needs.',
            });
          const text = newTokenText();
          const [id, createdAt] = [newId(), now()];
          const info = {
            id,
            name,
            scopes: [...new Set(scopes)],
            createdAt,
            expiresAt: days === null ? null : createdAt + Math.round(days * DAY_MS),
            lastUsedAt: null,
          };
          await sql`INSERT INTO tokens (id, tenant, hash, person, name, scopes, created_at, expires_at) VALUES (${id}, ${tenant},
            ${tokenHash(text)}, ${person}, ${name}, ${JSON.stringify(info.scopes)}, ${createdAt}, ${info.expiresAt})`.execute(
            trx,
          );
          await noteDeed(
            trx,
            tenant,
            { person, action: 'token-made', target: id, detail: info.scopes.join(' ') },
            createdAt,
          );
          return { ...info, token: text };
        }),
      ),
    async use(text) {
      if (!isTokenText(text)) return undefined;
      return told(async () => {
        const found = sql`SELECT ${TOKEN_COLUMNS}, (SELECT row_to_json(known)::text FROM (SELECT ${PERSON_COLUMNS}) AS known) AS person
          FROM tokens JOIN people ON people.id = tokens.person
          WHERE tokens.tenant = ${tenant} AND hash = ${tokenHash(text)} AND disabled_at IS NULL
            AND (tokens.expires_at IS NULL OR tokens.expires_at > ${now()})`;
        const [row] = (await found.execute(database)).rows;
        if (row === undefined) return undefined;
        const { person, ...token } = v.parse(UsedRow, row);
        if (now() - (token.lastUsedAt ?? 0) >= USE_WRITTEN_EVERY_MS)
          await sql`UPDATE tokens SET used_at = ${now()} WHERE id = ${token.id}`.execute(database);
        return { token, person };
      });
    },
    revoke: (person, id) =>
      told(() =>
        database.transaction().execute(async (trx) => {
          const gone = sql`DELETE FROM tokens WHERE tenant = ${tenant} AND person = ${person} AND id = ${id}`;
          if (Number((await gone.execute(trx)).numAffectedRows ?? 0) === 0) return false;
          await noteDeed(trx, tenant, { person, action: 'token-revoked', target: id }, now());
          return true;
        }),
      ),
  };
}

import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { TEAM_SCHEMA } from './migrations.ts';
import { PLANS_LAST_SECONDS, preparingPool } from './prepared-statements.ts';
import type { TeamTables } from './tables.ts';

/** Connections of one process; a server and ten workers stay below the hundred that PostgreSQL allows by default. */
const POOL_SIZE = 6;

/** How long somebody waits for a connection, a busy pool's too, before the database counts as away. Milliseconds. */
const CONNECT_MS = 20_000;

/** Type of 64-bit integers; all of ours are exact as numbers (log/record-number.ts). */
const INT8 = 20;

export interface TeamDatabase {
  readonly kysely: Kysely<TeamTables>;
  readonly url: string;
  close(): Promise<void>;
}

const numbers: pg.CustomTypesConfig = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    type === INT8 ? Number : pg.types.getTypeParser(type, format ?? 'text'),
};

export interface DatabaseOptions {
  /** Is told of idle connections that break; the next statement makes a new one. */
  readonly onTrouble?: (error: Error) => void;
  /** Whether the same few statements come again and again, and are worth keeping (prepared-statements.ts). */
  readonly prepares?: boolean;
}

/**
 * Opens connections to a team's database as they are needed.
 * @param url `postgres://...`
 */
export function openTeamDatabase(
  url: string,
  { onTrouble = () => {}, prepares = false }: DatabaseOptions = {},
): TeamDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_MS,
    types: numbers,
    options: `-c search_path=${TEAM_SCHEMA}`,
    application_name: 'touchstone',
    ...(prepares && { maxLifetimeSeconds: PLANS_LAST_SECONDS }),
  });
  pool.on('error', onTrouble);
  // One that breaks between two statements of a transaction tells nobody else, and would end the process.
  pool.on('connect', (client) => client.on('error', onTrouble));
  const kysely = new Kysely<TeamTables>({
    dialect: new PostgresDialect({ pool: prepares ? preparingPool(pool) : pool }),
  });
  return { kysely, url, close: () => kysely.destroy() };
}

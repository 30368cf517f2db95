import { TouchstoneError } from '@touchstone/shared';
import pg from 'pg';
import { persistently } from './database-errors.ts';

/** How long the server may take to answer, in milliseconds. */
const ANSWER_MS = 20_000;

const pooled = (): TouchstoneError =>
  new TouchstoneError('config-invalid', 'the database is behind a pooler of transactions', {
    nextStep:
      'Put the address of the PostgreSQL server itself into TOUCHSTONE_DATABASE, or let the pooler keep sessions.',
  });

async function pidOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid ?? 0;
}

async function isPooled(first: pg.Client, second: pg.Client): Promise<boolean> {
  const before = await pidOf(first);
  // A transaction keeps the session that it was given: of a pooler the one that the other just let go, or another for the next question.
  await second.query('BEGIN');
  const other = await pidOf(second);
  const after = await pidOf(first);
  await second.query('ROLLBACK');
  return before !== after || before === other;
}

/** Why a database cannot be used, for whoever starts a process of a team. */
function unusable(error: unknown): TouchstoneError {
  if (error instanceof TouchstoneError && error.code === 'config-invalid') return error;
  const detail = error instanceof TouchstoneError ? error.detail : String(error);
  return new TouchstoneError('config-invalid', `the database cannot be used: ${detail}`, {
    cause: error,
    nextStep: 'Look whether PostgreSQL runs, and whether the address in TOUCHSTONE_DATABASE is right.',
  });
}

/**
 * Looks whether a database can be used, for a minute if need be.
 * @throws TouchstoneError `config-invalid`
 */
export async function requireDatabase(url: string): Promise<void> {
  await persistently(() => requireSessions(url)).catch((error: unknown) => {
    throw unusable(error);
  });
}

/**
 * Refuses a pooler of transactions, which gives each of them another session: what one session listens to, it never hears, and
 * locks and settings of a session are anybody's.
 * @throws TouchstoneError `config-invalid`; what the database says where it does not answer
 */
async function requireSessions(url: string): Promise<void> {
  const settings = { connectionString: url, application_name: 'touchstone start', query_timeout: ANSWER_MS };
  const clients = [new pg.Client(settings), new pg.Client(settings)] as const;
  for (const client of clients) client.on('error', () => {});
  try {
    for (const client of clients) await client.connect();
    if (await isPooled(...clients)) throw pooled();
  } finally {
    for (const client of clients) await client.end().catch(() => undefined);
  }
}

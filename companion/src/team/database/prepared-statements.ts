import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';
import { isChangedBehind } from './database-errors.ts';

/** A statement is worth keeping when it comes to the same connection for the third time. */
const ONCE_AND_AGAIN = 3;

/** Texts that one connection counts; beyond them nothing new is kept. A worker has some forty. */
const MOST_TEXTS = 200;

/** What a worker asks again and again is read and planned anew at least so often, since tables grow meanwhile. Seconds. */
export const PLANS_LAST_SECONDS = 60;

/** Names of one connection's statements, by their texts. */
function createNames() {
  const known = new Map<string, { uses: number; readonly name: string }>();
  return (text: string): string | undefined => {
    const one = known.get(text) ?? { uses: 0, name: `touchstone_${known.size}` };
    if (one.uses === 0 && known.size >= MOST_TEXTS) return undefined;
    known.set(text, one);
    one.uses += 1;
    return one.uses < ONCE_AND_AGAIN ? undefined : one.name;
  };
}

function preparing(client: pg.PoolClient): PostgresPoolClient {
  const nameOf = createNames();
  let stale = false;

  async function ask<Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>> {
    const name = parameters.length === 0 ? undefined : nameOf(text);
    const statement = { text, values: [...parameters], ...(name === undefined ? {} : { name }) };
    try {
      const { command, rowCount, rows } = await client.query<Row & pg.QueryResultRow>(statement);
      return { command: command as PostgresQueryResult<Row>['command'], rowCount: rowCount ?? 0, rows };
    } catch (error) {
      stale ||= isChangedBehind(error);
      throw error;
    }
  }

  function query<Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>;
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>;
  function query<Row>(
    asked: string | PostgresCursor<Row>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<Row>> | PostgresCursor<Row> {
    if (typeof asked !== 'string') throw new TypeError('nothing is read through cursors');
    return ask<Row>(asked, parameters);
  }

  return { query, release: (destroy) => client.release(destroy || stale) };
}

/**
 * A pool whose connections keep the statements that come again and again, read and planned: for a worker, whose statements are few and
 * always the same, that is half of what the database does for a picture. Not for whoever asks in ever new words.
 */
export function preparingPool(pool: pg.Pool): PostgresPool {
  const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      const one = known.get(client) ?? preparing(client);
      known.set(client, one);
      return one;
    },
  };
}

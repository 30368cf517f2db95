import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { testDatabases } from '../fixtures/team-database.ts';
import { persistently } from './database-errors.ts';
import { openTeamDatabase } from './open-database.ts';

const databases = testDatabases({ fsync: 'off' });

async function worker() {
  const database = openTeamDatabase(await databases.fresh(), { prepares: true });
  onTestFinished(() => database.close());
  return database.kysely;
}

it('keeps what comes again on a connection, and answers the same', async () => {
  const database = await worker();
  const answers: unknown[] = [];
  await database.connection().execute(async (connection) => {
    for (let at = 0; at < 8; at += 1) answers.push(...(await sql`SELECT ${at}::int AS given`.execute(connection)).rows);
    for (let at = 0; at < 8; at += 1) await sql`SELECT ${at}::int AS ${sql.id(`other${at}`)}`.execute(connection);
    const kept = await sql<{ statement: string }>`SELECT statement FROM pg_prepared_statements`.execute(connection);
    expect(kept.rows.map(({ statement }) => statement)).toEqual(['SELECT $1::int AS given']);
  });
  expect(answers).toEqual(Array.from({ length: 8 }, (_, given) => ({ given })));
});

it('keeps no more of what never comes again than a connection can hold', async () => {
  const database = await worker();
  await database.connection().execute(async (connection) => {
    for (let at = 0; at < 900; at += 1) {
      const text = sql`SELECT ${at}::int AS ${sql.id(`other${at % 300}`)}`;
      expect((await text.execute(connection)).rows).toEqual([{ [`other${at % 300}`]: at }]);
    }
    const kept = await sql<{ count: number }>`SELECT count(*) AS count FROM pg_prepared_statements`.execute(connection);
    expect(kept.rows[0]?.count).toBe(200);
  });
});

it('asks anew where another process changed the table behind a kept statement', async () => {
  const database = await worker();
  await sql`CREATE TABLE kept (a int)`.execute(database);
  await sql`INSERT INTO kept VALUES (1)`.execute(database);
  const ask = async () => (await sql`SELECT * FROM kept WHERE a = ${1}`.execute(database)).rows;
  for (let at = 0; at < 8; at += 1) expect(await ask()).toEqual([{ a: 1 }]);
  await sql`ALTER TABLE kept ADD COLUMN b int DEFAULT 2`.execute(database);
  expect(await persistently(ask)).toEqual([{ a: 1, b: 2 }]);
  expect(await ask()).toEqual([{ a: 1, b: 2 }]);
});

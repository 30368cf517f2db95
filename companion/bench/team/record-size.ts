import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { generatedRecord } from '../../src/log/fixtures/generated-records.ts';
import { memoryContentStore } from '../../src/store/fixtures/memory-content-store.ts';
import { startPostgres } from '../../src/team/fixtures/start-postgres.ts';
import { openTeam, type Team } from '../../src/team/open-team.ts';
import { level, type Measurement } from '../statistics.ts';

/** Of a thumbnail that is kept, as WebP. Bytes. */
const THUMBNAIL = 6_000;

/** Records that are measured together: indexes of few are all air. */
const TOGETHER = 64;

async function numberOf(team: Team, expression: string): Promise<number> {
  const found = sql<{ found: number }>`SELECT ${sql.raw(expression)} AS found`;
  return Number((await found.execute(team.database.kysely)).rows[0]?.found ?? 0);
}

const TABLES =
  "(SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class WHERE relkind = 'r' AND relnamespace = 'touchstone'::regnamespace)";
const LOG = "pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint";

/** What records take in the database of a team, with everything beside them. @param count how many are written */
export async function recordSize(count: number): Promise<Measurement[]> {
  const postgres = await startPostgres();
  const team = await openTeam({ database: postgres.url('postgres'), content: memoryContentStore() });
  try {
    const [tables, log] = [await numberOf(team, TABLES), await numberOf(team, LOG)];
    await team.owners.within('bench', async () => {
      for (let from = 0; from < count; from += TOGETHER) {
        const some = Array.from({ length: Math.min(TOGETHER, count - from) }, (_, at) => generatedRecord(from + at));
        await Promise.all(
          some.map((record) => team.owners.history.append(record, { thumbnail: randomBytes(THUMBNAIL) })),
        );
      }
    });
    const grown = [(await numberOf(team, TABLES)) - tables, (await numberOf(team, LOG)) - log] as const;
    const kilobytes = (bytes: number): number => bytes / count / 1_000;
    return [
      level(`a record with a thumbnail of ${THUMBNAIL / 1_000} kB, in the database`, 'kB', [kilobytes(grown[0])], null),
      level('the same, written ahead', 'kB', [kilobytes(grown[1])], null),
    ];
  } finally {
    await team.close();
    await postgres.stop();
  }
}

import type { CompanionStatus } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { type Kysely, sql } from 'kysely';
import { handlerOf } from '../../gateway/handle.ts';
import type { JobLedger } from '../../jobs/job-ledger.ts';
import { firstNumberOf } from '../../log/record-number.ts';
import { known, LabelRow, TallyRow } from '../../log/tally-rows.ts';
import { createMetrics } from '../../metrics/create-metrics.ts';
import type { Meters } from '../../metrics/meters.ts';
import { refreshed } from '../../metrics/refreshed.ts';
import type { MetricSources } from '../../metrics/snapshot.ts';
import { told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';

export interface TeamMetricRooms {
  readonly database: Kysely<TeamTables>;
  readonly tenant: string;
  /** Of everybody. */
  readonly ledger: Pick<JobLedger, 'counts'>;
  readonly meters: Meters;
  readonly dataFolder: string;
  /** Of this server, without a count of records. */
  readonly status: () => Omit<CompanionStatus, 'records'>;
  readonly draining: () => boolean;
  readonly signal: AbortSignal;
}

/** How old the number of records may be: counting reads an index through. Milliseconds. */
const RECORDS_AGE_MS = 60_000;

async function countRecords(database: Kysely<TeamTables>, tenant: string): Promise<number> {
  const counted = sql<{ total: number }>`SELECT count(*) AS total FROM records
    WHERE tenant = ${tenant} AND deletion IS NULL`;
  return (await told(() => counted.execute(database))).rows[0]?.total ?? 0;
}

/** Numbers of everybody's records; nothing else of them. */
function talliesOfAll(database: Kysely<TeamTables>, tenant: string): MetricSources['log'] {
  const shown = sql`tenant = ${tenant} AND deletion IS NULL`;
  const ask = async (query: ReturnType<typeof sql<Readonly<Record<string, unknown>>>>) =>
    (await told(() => query.execute(database))).rows;
  return {
    tally: async (from, to) =>
      known(
        TallyRow,
        await ask(sql`SELECT kind, verdict, count(*) AS count FROM records
          WHERE ${shown} AND number >= ${firstNumberOf(from)} AND number < ${firstNumberOf(to)}
          GROUP BY kind, verdict ORDER BY kind, verdict`),
      ),
    tallyLabels: async () =>
      known(
        LabelRow,
        await ask(sql`SELECT pack, label, verdict, count(*) AS count FROM records
          WHERE ${shown} AND label IN ('fake', 'real') GROUP BY pack, label, verdict ORDER BY pack, label, verdict`),
      ),
    // The drift of scores is of single records, which are nobody's but their owners'.
    async *iterate() {},
    // Each server would count the same: what ended stands in the history.
    subscribe() {},
  };
}

/**
 * `GET /metrics` for an admin's token: this server's own process and requests, and of the whole team what waits and how many records
 * there are. What every server would count once more is in none of them.
 */
export async function teamMetricRoutes(app: FastifyInstance, rooms: TeamMetricRooms): Promise<void> {
  const { database, tenant, ledger, meters, dataFolder, status, draining, signal } = rooms;
  const records = refreshed(() => countRecords(database, tenant), RECORDS_AGE_MS);
  const metrics = createMetrics(meters, {
    log: talliesOfAll(database, tenant),
    ledger: { counts: () => ledger.counts(), subscribe() {} },
    dataFolder,
    status: () => ({ ...status(), records: records.latest() ?? 0 }),
    readiness: async () => ({ ready: !draining(), missing: draining() ? ['stopping'] : [] }),
    signal,
  });
  handlerOf(app)(api.v1System.metrics, async ({ reply }) => {
    await records.first();
    return reply.type(metrics.contentType).send(await metrics.text());
  });
}

import { type Kysely, sql, type Transaction } from 'kysely';
import type { JobLane, JobWork } from '../../jobs/job.ts';
import type { TeamTables } from '../database/tables.ts';

/**
 * Fairness by start-time fair queueing: each job gets the number of its turn when it is accepted, one after the last of its client and
 * never before the turn that is being served. Jobs in the order of their turns serve one client after the other, and it is
 * the queue's own order of priorities that keeps it: no worker knows another's.
 */

/** The client that stands for the turn that is being served. No client has an empty name. */
const SERVED = '';

/** A turn beyond this would leave the range of a 32-bit priority; at one job a millisecond it is there after eleven days of one client's alone. */
const MAX_TURN = 1_000_000_000;

/** Priority of the first turn in each lane: higher is sooner. */
const FIRST: Readonly<Record<JobLane, number>> = { asked: 2_000_000_000, bulk: 999_999_999 };

/** Where the lanes meet. */
export const LEAST_ASKED = FIRST.asked - MAX_TURN;
export const MOST_BULK = FIRST.bulk;

const priorityOf = (lane: JobLane, turn: number): number => FIRST[lane] - Math.min(turn, MAX_TURN);
const turnOf = (lane: JobLane, priority: number): number => FIRST[lane] - priority;

interface Waiting {
  readonly queue: string;
  readonly work: JobWork;
}

/** Gives each job its priority. Jobs of one client keep their order. */
export async function takeTurns(
  trx: Transaction<TeamTables>,
  tenant: string,
  jobs: readonly Waiting[],
): Promise<number[]> {
  const groups = Map.groupBy(jobs, ({ queue, work }) => JSON.stringify([queue, work.lane, work.client]));
  const priorities = new Map<Waiting, number>();
  // Always in one order: two who accept at once would wait for each other else.
  for (const [, group] of [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const [first] = group;
    if (!first) continue;
    const { queue, work } = first;
    const taken = await sql<{ turn: number }>`
      INSERT INTO turns (tenant, queue, lane, client, turn) VALUES (${tenant}, ${queue}, ${work.lane}, ${work.client},
        coalesce((SELECT turn FROM turns WHERE tenant = ${tenant} AND queue = ${queue} AND lane = ${work.lane} AND client = ${SERVED}), 0) + ${group.length}::bigint)
      ON CONFLICT (tenant, queue, lane, client) DO UPDATE SET turn = greatest(turns.turn,
        coalesce((SELECT turn FROM turns AS served WHERE served.tenant = ${tenant} AND served.queue = ${queue} AND served.lane = ${work.lane} AND served.client = ${SERVED}), 0)
      ) + ${group.length}::bigint RETURNING turn`.execute(trx);
    const last = taken.rows[0]?.turn ?? 0;
    for (const [at, one] of group.entries()) {
      priorities.set(one, priorityOf(work.lane, last - group.length + 1 + at));
    }
  }
  return jobs.map((one) => priorities.get(one) ?? 0);
}

/** Notes which turn is being served. @param begun jobs that a worker begins with */
export async function serveTurns(
  trx: Transaction<TeamTables>,
  tenant: string,
  begun: readonly { readonly queue: string; readonly lane: JobLane; readonly priority: number }[],
): Promise<void> {
  const furthest = new Map<string, { queue: string; lane: JobLane; turn: number }>();
  for (const { queue, lane, priority } of begun) {
    const turn = turnOf(lane, priority);
    const known = furthest.get(`${queue} ${lane}`);
    if (!known || known.turn < turn) furthest.set(`${queue} ${lane}`, { queue, lane, turn });
  }
  for (const [, { queue, lane, turn }] of [...furthest].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    await sql`INSERT INTO turns (tenant, queue, lane, client, turn) VALUES (${tenant}, ${queue}, ${lane}, ${SERVED}, ${turn})
      ON CONFLICT (tenant, queue, lane, client) DO UPDATE SET turn = greatest(turns.turn, excluded.turn)`.execute(trx);
  }
}

/** Forgets the turns of queues in which nothing waits: they begin at the first one again, and clients that went leave no row. */
export async function forgetTurns(database: Kysely<TeamTables>, tenant: string): Promise<void> {
  await sql`DELETE FROM turns WHERE tenant = ${tenant} AND NOT EXISTS (
    SELECT 1 FROM jobs WHERE jobs.tenant = ${tenant} AND jobs.queue = turns.queue AND jobs.lane = turns.lane
      AND jobs.state IN ('pending', 'processing'))`.execute(database);
}

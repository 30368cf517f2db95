import { packLabel } from '@touchstone/shared';
import { type TeamProcesses, teamApi } from '@touchstone/shared/api';
import type { FastifyInstance } from 'fastify';
import { type Kysely, sql } from 'kysely';
import { handlerOf } from '../../gateway/handle.ts';
import { told } from '../database/database-errors.ts';
import type { TeamTables } from '../database/tables.ts';
import { ANY_PACK, queueOf } from '../jobs/job-id.ts';
import { livingWorkers } from '../jobs/worker-signs.ts';

export interface ProcessRooms {
  readonly database: Kysely<TeamTables>;
  readonly tenant: string;
  /** Of this server. */
  readonly version: string;
}

type QueueRow = Omit<TeamProcesses['queues'][number], 'served'>;

/** What workers and queues of a team do now: numbers, and nothing of what is checked. */
async function readProcesses({ database, tenant, version }: ProcessRooms): Promise<TeamProcesses> {
  const living = await livingWorkers(database, tenant);
  const hands = sql<{ worker: string; working: number }>`SELECT worker, count(*) AS working FROM jobs
    WHERE tenant = ${tenant} AND state = 'processing' AND worker IS NOT NULL GROUP BY worker`;
  const working = new Map((await hands.execute(database)).rows.map((row) => [row.worker, row.working]));
  const queues = sql<QueueRow>`SELECT queue, lane, count(*) FILTER (WHERE state = 'pending') AS waiting,
      count(*) FILTER (WHERE state = 'processing') AS working,
      min(accepted_at) FILTER (WHERE state = 'pending') AS oldest
    FROM jobs WHERE tenant = ${tenant} AND state IN ('pending', 'processing')
    GROUP BY queue, lane ORDER BY queue, lane`;
  const clock = sql<{ at: number }>`SELECT (extract(epoch FROM now()) * 1000)::bigint AS at`;
  const [now] = (await clock.execute(database)).rows;
  const taken = new Set(living.flatMap(({ packs }) => packs.map((pack) => queueOf(packLabel(pack)))));
  if (living.length > 0) taken.add(queueOf(ANY_PACK));
  return {
    at: now?.at ?? Date.now(),
    version,
    workers: living.map((worker) => ({
      id: worker.id,
      version: worker.version,
      packs: worker.packs.map(packLabel),
      working: working.get(worker.id) ?? 0,
    })),
    queues: (await queues.execute(database)).rows.map((row) => ({ ...row, served: taken.has(row.queue) })),
  };
}

/** How a team's processes do, for its admins. */
export async function processRoutes(app: FastifyInstance, rooms: ProcessRooms): Promise<void> {
  handlerOf(app)(teamApi.processes.get, async () => told(() => readProcesses(rooms)));
}

import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { CompanionSettings } from '@touchstone/shared';
import type { Logger } from 'pino';
import { type JobRooms, type JobRunner, runJobs } from '../../jobs/run-jobs.ts';
import { keepSigns, type WorkerPack } from '../jobs/worker-signs.ts';
import { TENANT, type Team } from '../open-team.ts';

export interface WorkerRooms {
  readonly team: Team;
  readonly pipeline: JobRooms['pipeline'];
  readonly videos: JobRooms['videos'];
  readonly settings: () => CompanionSettings;
  readonly logger: Logger;
  /** What it can judge with, as others are told. */
  readonly packs?: (() => readonly WorkerPack[]) | undefined;
  /** Jobs in work at a time. */
  readonly concurrency?: number | undefined;
}

/**
 * Takes a team's jobs through a pipeline until `signal` aborts, each in the name of its owner. Says all along that it lives, and
 * finds the work of those that do not any more.
 */
export async function runWorker(rooms: WorkerRooms, signal: AbortSignal): Promise<JobRunner> {
  const { team, logger, concurrency, packs: _, ...given } = rooms;
  const { ledger, contents, owners } = team;
  const worker = `${hostname().slice(0, 60)} ${randomUUID()}`;
  const signs = new AbortController();

  async function recover(dead: string): Promise<void> {
    const { again, setAside } = await ledger.recover(dead);
    logger.warn({ worker: dead, again: again.length, setAside }, 'a worker died; what it had in its hands waits again');
  }

  const packs = () => rooms.packs?.() ?? [];
  const living = keepSigns(team.database.kysely, { tenant: TENANT, worker, packs }, recover, {
    signal: signs.signal,
    onTrouble: (error) => logger.warn({ err: error }, 'the database does not answer'),
  });
  const runner = await runJobs(
    {
      ...given,
      logger,
      ledger,
      contents,
      worker,
      claimAsked: ledger.claimAsked,
      claimsAhead: true,
      within: ({ work: { owner } }, work) => owners.within(owner, work),
      ...(concurrency === undefined ? {} : { concurrency }),
    },
    signal,
  );
  return {
    async close() {
      await runner.close();
      signs.abort();
      await living;
      // Nobody need wait for its silence.
      await ledger.recover(worker);
    },
  };
}

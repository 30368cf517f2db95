import { waitingLanes } from '../../lanes/bulk-turn.ts';
import { nextClient } from '../../lanes/take-fair.ts';
import type { JobLane } from '../job.ts';
import type { JobStatements } from './job-statements.ts';

/** Remembers whose turn it is among the jobs that wait. */
export function createFairScheduler() {
  /** Clients by lane in the order in which they were last served, oldest first. */
  const served: Record<JobLane, Set<string>> = { asked: new Set(), bulk: new Set() };
  let claims = 0;

  function nextOf(lane: JobLane, { clients, oldestOf }: JobStatements): string | undefined {
    const waiting = new Set(clients.all({ lane }).map(({ client }) => String(client)));
    const client = nextClient(waiting, served[lane]);
    return client === undefined ? undefined : String(oldestOf.get({ lane, client })?.id);
  }

  return {
    /** @returns id of the job that comes next, undefined when none waits */
    next(statements: JobStatements): string | undefined {
      claims += 1;
      for (const lane of waitingLanes(claims)) {
        const id = nextOf(lane, statements);
        if (id !== undefined) return id;
      }
      return undefined;
    },
  };
}

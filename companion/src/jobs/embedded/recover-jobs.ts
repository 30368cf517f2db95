import { errorReport } from '@touchstone/shared';
import { MAX_DEATHS, type Recovery } from '../job-ledger.ts';
import type { JobStatements } from './job-statements.ts';

/**
 * Lets what a dead worker had in its hands wait again. Of several jobs nobody knows which one killed it: each becomes a suspect,
 * which is then given out alone. One that was alone counts the death, and is set aside at the last one allowed.
 */
export function recoverJobs({ inHand, again, giveUp }: JobStatements, worker: string, now: number): Recovery {
  const held = inHand.all(worker);
  const waiting: string[] = [];
  const setAside: string[] = [];
  for (const row of held) {
    const id = String(row.id);
    const deaths = Number(row.deaths) + (held.length === 1 ? 1 : 0);
    if (deaths < MAX_DEATHS) {
      again.run({ id, deaths });
      waiting.push(id);
    } else {
      giveUp.run({ id, deaths, now, error: JSON.stringify(errorReport('job-set-aside')) });
      setAside.push(id);
    }
  }
  return { again: waiting, setAside };
}

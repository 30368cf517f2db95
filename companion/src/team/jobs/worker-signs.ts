import { setTimeout as wait } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { TeamTables } from '../database/tables.ts';

/** How often a worker says that it lives. Milliseconds. */
const SIGN_MS = 2_000;

/** A worker that was silent for so long is dead; with the pace of the signs, another has its jobs within 15 seconds. Milliseconds. */
const SILENT_MS = 9_000;

/** Says that a worker lives, in whatever transaction it is. */
export async function giveSign(database: Kysely<TeamTables>, tenant: string, worker: string): Promise<void> {
  await sql`INSERT INTO workers (tenant, id) VALUES (${tenant}, ${worker})
    ON CONFLICT (tenant, id) DO UPDATE SET seen = now()`.execute(database);
}

/**
 * Says that a worker lives, and finds those that do not, until `signal` aborts.
 * @param recover is called with the name of each dead worker
 * @param onTrouble is told when the database does not answer
 */
export async function keepSigns(
  database: Kysely<TeamTables>,
  { tenant, worker }: { readonly tenant: string; readonly worker: string },
  recover: (dead: string) => Promise<unknown>,
  { signal, onTrouble }: { readonly signal: AbortSignal; readonly onTrouble: (error: unknown) => void },
): Promise<void> {
  /** Since when the database has answered: after an outage everybody was silent, and nobody is dead for that. */
  let answering = performance.now();
  while (!signal.aborted) {
    try {
      await giveSign(database, tenant, worker);
      if (performance.now() - answering > SILENT_MS) {
        const silent = await sql<{ id: string }>`SELECT id FROM workers
          WHERE tenant = ${tenant} AND seen < now() - ${SILENT_MS} * interval '1 millisecond'`.execute(database);
        for (const { id } of silent.rows) await recover(id);
      }
    } catch (error) {
      answering = performance.now();
      onTrouble(error);
    }
    await wait(SIGN_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

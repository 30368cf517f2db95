import { sql, type Transaction } from 'kysely';
import type { TeamTables } from '../database/tables.ts';
import type { Waiter } from './accept-jobs.ts';

/**
 * Takes a waiter away from a job. The row of the job is held until the transaction ends, as by everybody who begins to wait: of several
 * who go at once the last one knows that it is the last.
 * @returns whether nobody at any server waits for it any more, and it was done for nobody else
 */
export async function leaveJob(
  trx: Transaction<TeamTables>,
  tenant: string,
  { id, waiter }: { readonly id: string; readonly waiter: Waiter },
): Promise<boolean> {
  const held = sql<{ waited: boolean }>`SELECT waited FROM jobs
    WHERE tenant = ${tenant} AND id = ${id}::uuid AND state IN ('pending', 'processing') FOR UPDATE`;
  const [job] = (await held.execute(trx)).rows;
  await sql`DELETE FROM job_waits WHERE id = ${waiter.id}`.execute(trx);
  if (!job?.waited) return false;
  const others = sql`SELECT 1 FROM job_waits WHERE job = ${id}::uuid LIMIT 1`;
  return (await others.execute(trx)).rows.length === 0;
}

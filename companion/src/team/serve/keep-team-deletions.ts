import { sql } from 'kysely';
import type { Logger } from 'pino';
import { TENANT, type Team } from '../open-team.ts';

/** How often deletions that can no longer be taken back are looked for, in milliseconds. */
const LOOK_EVERY_MS = 5_000;

/**
 * Carries out the deletions of everybody that can no longer be taken back, also those that a server before this one left, until
 * `signal` aborts.
 * @param now milliseconds since 1970
 */
export function keepTeamDeletions(
  { database, owners }: Pick<Team, 'database' | 'owners'>,
  logger: Logger,
  signal: AbortSignal,
  now: () => number = Date.now,
): void {
  let looking = false;

  async function look(): Promise<void> {
    const due = await sql<{ id: string; owner: string }>`SELECT id, owner FROM deletions
      WHERE tenant = ${TENANT} AND due_at <= ${now()} ORDER BY number LIMIT 100`.execute(database.kysely);
    for (const { id, owner } of due.rows) {
      // One that cannot be carried out holds up nobody else's.
      await owners
        .within(owner, () => owners.history.carryOut(id))
        .catch((error: unknown) => logger.warn({ err: error, deletion: id }, 'a deletion could not be carried out'));
    }
  }

  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    look()
      .catch((error: unknown) => logger.warn({ err: error }, 'deletions could not be carried out'))
      .finally(() => {
        looking = false;
      });
  }, LOOK_EVERY_MS);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

import type { DatabaseSync } from 'node:sqlite';
import { NOT_HELD } from '../../log/held-back.ts';
import { CLAIM_HOLDS } from '../../log/job-claim.ts';

const COLUMNS = 'id, state, work, attempts, stage, progress, record, error, accepted_at, started_at, ended_at';

/** Distinct clients that wait in a lane, found by jumping from one to the next, however many jobs each has. */
const CLIENTS = `
  WITH RECURSIVE waiting (client) AS (
    SELECT min(client) FROM jobs WHERE state = 'pending' AND lane = $lane
    UNION ALL
    SELECT (SELECT min(client) FROM jobs WHERE state = 'pending' AND lane = $lane AND client > waiting.client)
    FROM waiting WHERE client IS NOT NULL
  ) SELECT client FROM waiting WHERE client IS NOT NULL`;

/** What the ledger asks of the history's database, on the connection that everything else uses. */
export function jobStatements(database: DatabaseSync) {
  return {
    byId: database.prepare(`SELECT ${COLUMNS} FROM jobs WHERE id = ? AND ${NOT_HELD}`),
    clients: database.prepare(CLIENTS),
    oldestOf: database.prepare(
      "SELECT id FROM jobs WHERE state = 'pending' AND lane = $lane AND client = $client ORDER BY number LIMIT 1",
    ),
    suspect: database.prepare(
      "SELECT id FROM jobs WHERE state = 'pending' AND suspect = 1 ORDER BY deaths DESC, number LIMIT 1",
    ),
    inHand: database.prepare("SELECT id, suspect, deaths FROM jobs WHERE state = 'processing' AND worker = ?"),
    begin: database.prepare(
      `UPDATE jobs SET state = 'processing', worker = $worker, attempts = attempts + 1, stage = NULL, progress = NULL,
         started_at = coalesce(started_at, $now), heartbeat_at = $now WHERE id = $id AND state = 'pending'`,
    ),
    beat: database.prepare(
      `UPDATE jobs SET heartbeat_at = $now, stage = coalesce($stage, stage), progress = coalesce($progress, progress)
       WHERE ${CLAIM_HOLDS}`,
    ),
    fail: database.prepare(
      `UPDATE jobs SET state = 'failed', error = $error, worker = NULL, stage = NULL, progress = NULL, ended_at = $now
       WHERE ${CLAIM_HOLDS}`,
    ),
    release: database.prepare(
      `UPDATE jobs SET state = 'pending', attempts = attempts - 1, worker = NULL, stage = NULL, progress = NULL
       WHERE ${CLAIM_HOLDS}`,
    ),
    cancel: database.prepare(
      `UPDATE jobs SET state = 'cancelled', worker = NULL, stage = NULL, progress = NULL, ended_at = $now
       WHERE id = $id AND state IN ('pending', 'processing')`,
    ),
    retry: database.prepare(
      `UPDATE jobs SET state = 'pending', error = NULL, ended_at = NULL, suspect = 0, deaths = 0
       WHERE id = $id AND state IN ('failed', 'cancelled')`,
    ),
    giveUp: database.prepare(
      `UPDATE jobs SET state = 'failed', error = $error, worker = NULL, stage = NULL, progress = NULL, suspect = 1,
         deaths = $deaths, ended_at = $now WHERE id = $id`,
    ),
    again: database.prepare(
      `UPDATE jobs SET state = 'pending', worker = NULL, stage = NULL, progress = NULL, suspect = 1, deaths = $deaths
       WHERE id = $id`,
    ),
    forget: database.prepare('DELETE FROM jobs WHERE ended_at < ?'),
    waiting: database.prepare("SELECT count(*) AS total FROM jobs WHERE state = 'pending' AND lane = ?"),
    unfinished: database.prepare(
      `SELECT count(*) AS total, coalesce(sum(bytes), 0) AS bytes FROM jobs
       WHERE state IN ('pending', 'processing')`,
    ),
    oldest: database.prepare("SELECT min(accepted_at) AS at FROM jobs WHERE state = 'pending'"),
    list: (states: number) =>
      database.prepare(
        `SELECT ${COLUMNS} FROM jobs WHERE ($owner IS NULL OR owner = $owner) AND ${NOT_HELD}
           AND ($before IS NULL OR number < (SELECT number FROM jobs WHERE id = $before))
           ${states === 0 ? '' : `AND state IN (${Array.from({ length: states }, (_, at) => `$state${at}`).join()})`}
         ORDER BY number DESC LIMIT $limit`,
      ),
  };
}

export type JobStatements = ReturnType<typeof jobStatements>;

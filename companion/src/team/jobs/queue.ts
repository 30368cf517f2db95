import { PgBoss } from 'pg-boss';

/** Schema of the queue's own tables. */
const QUEUE_SCHEMA = 'pgboss';

/** Connections that the queue holds for its upkeep; everything else goes through ours. */
const POOL_SIZE = 2;

/** A job waits as long as it takes: ten years, in seconds. */
const WAIT_SECONDS = 10 * 365 * 24 * 3600;

/** Longest work on one job before the queue gives it to another by itself, in seconds; the dead are found much sooner. */
const EXPIRE_SECONDS = 23 * 3600;

/** Beginnings after which the queue would give a job up: jobs/job-ledger.ts counts deaths, and decides. */
const RETRIES = 1_000_000;

export interface QueueOptions {
  /** Whether this process does the upkeep of the queue's tables with the others. */
  readonly supervise: boolean;
  readonly onTrouble?: (error: Error) => void;
}

/** Opens the queue. Its tables are made or brought to this version. */
export async function openQueue(url: string, { supervise, onTrouble = () => {} }: QueueOptions): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: url,
    schema: QUEUE_SCHEMA,
    max: POOL_SIZE,
    application_name: 'touchstone queue',
    supervise,
    schedule: false,
    openTelemetry: { enabled: false },
  });
  boss.on('error', onTrouble);
  await boss.start();
  return boss;
}

/** Makes the queue's tables. */
export async function installQueue(url: string): Promise<void> {
  const boss = await openQueue(url, { supervise: false });
  await boss.stop({ graceful: false });
}

/** Makes a queue where there is none: a table of its own, so that the bloat of one pack's jobs is no other's. */
export async function makeQueue(boss: PgBoss, name: string): Promise<void> {
  if (await boss.getQueue(name)) return;
  await boss.createQueue(name, {
    partition: true,
    retentionSeconds: WAIT_SECONDS,
    expireInSeconds: EXPIRE_SECONDS,
    retryLimit: RETRIES,
  });
}

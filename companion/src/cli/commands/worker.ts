import { join } from 'node:path';
import { packFolders } from '../../daemon/pack-folders.ts';
import { dataFolder } from '../../settings/data-folder.ts';
import { readDatabaseAddress, readListen, readSetting } from '../../team/addresses.ts';
import { startWorker } from '../../team/worker/start-worker.ts';
import { DEFAULT_METRICS } from '../../team/worker/worker-metrics.ts';
import { stopSignal } from '../start/stop-signal.ts';

export interface WorkerCommandOptions {
  readonly database?: string;
  readonly content?: string;
  readonly concurrency?: number;
  readonly provider?: string;
  /** True: where it is usual. */
  readonly metrics?: string | true;
  readonly logLevel: string;
}

/** Nowhere, unless somebody says so. */
const metricsAt = (given: string | true | undefined) =>
  given === undefined ? undefined : readListen('metrics', given === true ? DEFAULT_METRICS : given);

/** `touchstone worker`: takes a team's checks through the models of this machine until Ctrl-C. @returns exit code */
export async function worker(options: WorkerCommandOptions): Promise<number> {
  process.umask(0o077);
  const database = readDatabaseAddress(options.database);
  const home = dataFolder();
  await startWorker(
    {
      database,
      content: readSetting('content', options.content, 'TOUCHSTONE_CONTENT'),
      home: join(home, 'worker'),
      packFolders: packFolders(home),
      provider: options.provider,
      concurrency: options.concurrency,
      metrics: metricsAt(options.metrics ?? (process.env.TOUCHSTONE_METRICS || undefined)),
      logLevel: options.logLevel,
      environment: process.env,
      signal: stopSignal(),
    },
    () => process.stdout.write('working\n'),
  );
  return 0;
}

import { join } from 'node:path';
import { TouchstoneError } from '@touchstone/shared';
import { packFolders } from '../../daemon/pack-folders.ts';
import { dataFolder } from '../../settings/data-folder.ts';
import { startWorker } from '../../team/worker/start-worker.ts';
import { stopSignal } from '../start/stop-signal.ts';

export interface WorkerCommandOptions {
  readonly database?: string;
  readonly content?: string;
  readonly concurrency?: number;
  readonly provider?: string;
  readonly logLevel: string;
}

/** Where a team's things are: a flag, else the environment. @throws TouchstoneError `config-invalid` */
function required(flag: string, given: string | undefined, variable: string): string {
  const value = given ?? process.env[variable];
  if (value) return value;
  throw new TouchstoneError('config-invalid', `--${flag} or ${variable} must be given`);
}

/** Whoever lists the processes of this machine reads their command lines. */
function withoutPassword(address: string, given: string | undefined): string {
  if (given !== undefined && URL.canParse(given) && new URL(given).password !== '') {
    throw new TouchstoneError(
      'config-invalid',
      'a password has no place on a command line; put the address into TOUCHSTONE_DATABASE',
    );
  }
  return address;
}

/** `touchstone worker`: takes a team's checks through the models of this machine until Ctrl-C. @returns exit code */
export async function worker(options: WorkerCommandOptions): Promise<number> {
  process.umask(0o077);
  const database = withoutPassword(required('database', options.database, 'TOUCHSTONE_DATABASE'), options.database);
  const home = dataFolder();
  await startWorker(
    {
      database,
      content: required('content', options.content, 'TOUCHSTONE_CONTENT'),
      home: join(home, 'worker'),
      packFolders: packFolders(home),
      provider: options.provider,
      concurrency: options.concurrency,
      logLevel: options.logLevel,
      environment: process.env,
      signal: stopSignal(),
    },
    () => process.stdout.write('working\n'),
  );
  return 0;
}

import { join } from 'node:path';
import { packFolders } from '../../daemon/pack-folders.ts';
import { dataFolder } from '../../settings/data-folder.ts';
import { type GivenServeOptions, readServeOptions } from '../../team/serve/serve-options.ts';
import { startServe } from '../../team/serve/start-serve.ts';
import { stopSignal } from '../start/stop-signal.ts';

/** `touchstone serve`: a team's server, until Ctrl-C. @returns exit code */
export async function serve({
  logLevel,
  ...given
}: GivenServeOptions & { readonly logLevel: string }): Promise<number> {
  process.umask(0o077);
  const options = readServeOptions(given);
  const home = dataFolder();
  await startServe(
    {
      ...options,
      home: join(home, 'serve'),
      packFolders: packFolders(home),
      logLevel,
      environment: process.env,
      signal: stopSignal(),
    },
    (port) => process.stdout.write(`serving ${options.address.origin} on ${options.host}:${port}\n`),
  );
  return 0;
}

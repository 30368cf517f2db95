import '@touchstone/models/telemetry-off';
import { TouchstoneError } from '@touchstone/shared';
import { dataFolder } from '../settings/data-folder.ts';
import { packFolders } from './pack-folders.ts';
import { portFrom } from './port.ts';
import { startCompanion } from './start-companion.ts';

/** The companion alone, without the command line's first steps: for services and tests. Settings come by environment. */
async function main(): Promise<number> {
  // Nothing that a library or a child makes is for other users either.
  process.umask(0o077);
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  const home = dataFolder();
  const provider = process.env.TOUCHSTONE_PROVIDER;
  const result = await startCompanion({
    home,
    port: portFrom(process.env),
    signal: stop.signal,
    packFolders: packFolders(home),
    ...(provider ? { provider } : {}),
    onWarning: (message) => console.warn(message),
  });
  if (result.outcome === 'port-taken' || result.outcome === 'folder-in-use') {
    console.error(result.message);
    return 1;
  }
  if (result.outcome === 'already-running') {
    console.error(`Touchstone already runs on port ${result.port}.`);
    return 0;
  }
  process.stdout.write(`${JSON.stringify({ port: result.companion.port, pid: process.pid })}\n`);
  await result.companion.stopped;
  return 0;
}

process.exitCode = await main().catch((error: unknown) => {
  if (!(error instanceof TouchstoneError)) throw error;
  console.error(`${error.message} ${error.detail ?? ''}\nNext step: ${error.nextStep}`);
  return 1;
});

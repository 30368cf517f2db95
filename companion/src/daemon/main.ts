import '@touchstone/models/telemetry-off';
import { parseArgs } from 'node:util';
import { TouchstoneError } from '@touchstone/shared';
import { flagOptions } from '../configuration/option-flags.ts';
import { startCompanion } from './start-companion.ts';
import { startOptions } from './start-options.ts';

/** The companion alone, without the command line's first steps: for services and tests. Flags are those of docs/configuration.md. */
async function main(): Promise<number> {
  // Nothing that a library or a child makes is for other users either.
  process.umask(0o077);
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  const { values: flags } = parseArgs({ options: flagOptions() });
  const result = await startCompanion({
    ...(await startOptions(flags)),
    signal: stop.signal,
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

import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { TouchstoneError } from '@touchstone/shared';
import { companionProgram } from '../../autostart/program.ts';
import { findCompanion } from '../link/companion-link.ts';

/** A companion listens after a second; on a computer that has just started, or is busy, far later. Milliseconds. */
const START_MS = 60_000;
const LOOK_EVERY_MS = 200;

/**
 * Starts the companion so that it outlives this program, unless one runs.
 * @returns whether it had to be started
 * @throws TouchstoneError `companion-unreachable` where it does not come up
 */
export async function startDetached(): Promise<boolean> {
  if (await findCompanion()) return false;
  const { command, environment, folder } = companionProgram();
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...environment },
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
  });
  child.unref();
  let ended = false;
  child.once('error', () => {
    ended = true;
  });
  child.once('exit', () => {
    ended = true;
  });
  for (const deadline = Date.now() + START_MS; Date.now() < deadline; await wait(LOOK_EVERY_MS)) {
    // One that ends at once may have found another that was starting.
    if (await findCompanion()) return true;
    if (ended) break;
  }
  if (await findCompanion()) return true;
  throw new TouchstoneError(
    'companion-unreachable',
    ended ? 'it ended at once; its log file says why' : 'it did not answer in time',
  );
}

import { setTimeout as wait } from 'node:timers/promises';
import { TouchstoneError } from '@touchstone/shared';
import { api } from '@touchstone/shared/api';
import { needCompanion } from '../link/companion-link.ts';

/** A companion finishes what it has accepted before it ends; this long is given to it. */
const STOP_DEADLINE_MS = 30_000;
const ASK_EVERY_MS = 100;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** `touchstone stop`: ends the running companion and waits until it is gone. */
export async function stop(): Promise<void> {
  const link = await needCompanion();
  await link.call(api.companion.shutdown);
  for (const deadline = Date.now() + STOP_DEADLINE_MS; Date.now() < deadline; await wait(ASK_EVERY_MS)) {
    // Its files go first and its last work after them, so only the end of the process is the end.
    if (!isAlive(link.status.pid)) {
      process.stdout.write('Touchstone has stopped.\n');
      return;
    }
  }
  throw new TouchstoneError('internal', `process ${link.status.pid} is still running`);
}

import { setTimeout as wait } from 'node:timers/promises';
import { TouchstoneError } from '@touchstone/shared';
import { findCompanion, needCompanion } from '../link/companion-link.ts';

/** A companion finishes what it has accepted before it ends; this long is given to it. */
const STOP_DEADLINE_MS = 30_000;
const ASK_EVERY_MS = 100;

/** `touchstone stop`: ends the running companion and waits until it is gone. */
export async function stop(): Promise<void> {
  const link = await needCompanion();
  await link.fetch('/api/shutdown', { method: 'POST', body: {} });
  for (const deadline = Date.now() + STOP_DEADLINE_MS; Date.now() < deadline; await wait(ASK_EVERY_MS)) {
    if (!(await findCompanion())) {
      process.stdout.write('Touchstone has stopped.\n');
      return;
    }
  }
  throw new TouchstoneError('internal', `process ${link.status.pid} is still running`);
}

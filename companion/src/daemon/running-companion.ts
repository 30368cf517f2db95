import type { CompanionStatus } from '@touchstone/shared';
import { companion } from '@touchstone/shared/api';
import { createControlClient } from './control-client.ts';
import { readControlFile } from './control-file.ts';

/** Time a companion on the same machine has for its status, in milliseconds; it answers in a few. */
const STATUS_DEADLINE_MS = 2_000;

/**
 * Finds the companion that runs with this data folder. A control file left by one that was killed is seen through: nobody
 * answers on its socket, or whoever does cannot prove that it holds the token.
 */
export async function findRunningCompanion(
  home: string,
): Promise<{ readonly port: number; readonly status: CompanionStatus } | undefined> {
  const control = await readControlFile(home);
  if (!control) return undefined;
  try {
    const signal = AbortSignal.timeout(STATUS_DEADLINE_MS);
    return { port: control.port, status: await createControlClient(control).call(companion.status, { signal }) };
  } catch {
    return undefined;
  }
}

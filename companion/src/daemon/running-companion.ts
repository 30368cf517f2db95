import { CompanionStatus } from '@touchstone/shared';
import * as v from 'valibot';
import { readControlFile } from './control-file.ts';

/** Time a companion on the same machine has for its status, in milliseconds; it answers in a few. */
const STATUS_DEADLINE_MS = 2_000;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Finds the companion that runs with this data folder. A control file left by one that was killed is seen through: its
 * process is gone, or whoever has its port now cannot say the process id that the file holds.
 */
export async function findRunningCompanion(
  home: string,
): Promise<{ readonly port: number; readonly status: CompanionStatus } | undefined> {
  const control = await readControlFile(home);
  if (!control || !isAlive(control.pid)) return undefined;
  try {
    const response = await fetch(`http://127.0.0.1:${control.port}/api/status`, {
      headers: { authorization: `Bearer ${control.token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(STATUS_DEADLINE_MS),
    });
    const status = v.safeParse(CompanionStatus, await response.json());
    if (!status.success || status.output.pid !== control.pid) return undefined;
    return { port: control.port, status: status.output };
  } catch {
    return undefined;
  }
}

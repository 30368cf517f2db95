import { setTimeout as wait } from 'node:timers/promises';
import type { StartResult } from '../../daemon/start-contract.ts';
import { startOptions } from '../../daemon/start-options.ts';
import { findCompanion } from '../link/companion-link.ts';
import { join } from '../start/join.ts';
import { stopSignal } from '../start/stop-signal.ts';
import { welcome } from '../start/welcome.ts';

export interface StartCommandOptions extends Readonly<Record<string, unknown>> {
  /** False with `--no-open`. */
  readonly open: boolean;
}

/** A companion that starts at the same moment has its port before others can find it. */
const OTHER_START_MS = 5_000;
const LOOK_EVERY_MS = 100;

async function otherCompanion() {
  for (const deadline = Date.now() + OTHER_START_MS; Date.now() < deadline; await wait(LOOK_EVERY_MS)) {
    const link = await findCompanion();
    if (link) return link;
  }
  return undefined;
}

/** Why there is no companion now, and what a person can do about it. */
function inTheWay(result: Exclude<StartResult, { outcome: 'started' }>): string {
  if (result.outcome === 'port-taken') {
    return `${result.message}\nNext step: for instance TOUCHSTONE_PORT=47616 npm start; then pair your browsers again by the link it prints.\n`;
  }
  if (result.outcome === 'folder-in-use') {
    return `${result.message}\nNext step: wait until it has started or ended, then start again; or end that process.\n`;
  }
  return 'A companion was running and has just ended.\nNext step: start again.\n';
}

/**
 * `touchstone start`: runs the companion in this terminal until Ctrl-C, or joins the one that runs already.
 * @returns exit code
 */
export async function start({ open, ...flags }: StartCommandOptions): Promise<number> {
  // A wrong value is said also where a companion runs already.
  const given = await startOptions(flags);
  // Before the heavy modules are loaded: joining is the common case of a second start.
  const running = await findCompanion();
  if (running) return join(running, open);

  // Nothing that a library or a child makes is for other users either.
  process.umask(0o077);
  const signal = stopSignal();
  const { startCompanion } = await import('../../daemon/start-companion.ts');
  const result: StartResult = await startCompanion({
    ...given,
    signal,
    onWarning: (message) => process.stderr.write(`Note: ${message}\n`),
  });
  if (result.outcome !== 'started') {
    const link = await otherCompanion();
    if (link) return join(link, open);
    process.stderr.write(inTheWay(result));
    return 1;
  }
  const { companion } = result;
  await welcome(companion, open, signal).catch(async (error: unknown) => {
    if (signal.aborted) return;
    await companion.stop();
    throw error;
  });
  await companion.stopped;
  process.stdout.write('Touchstone has stopped.\n');
  return 0;
}

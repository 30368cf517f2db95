import { readdirSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { type Logger, pino, stdTimeFunctions } from 'pino';
import openRollingFile from 'pino-roll';
import { prepareDataFolder } from '../settings/data-folder.ts';

/** One file at most, and files kept besides the current one. */
const FILE_SIZE = '5m';
const OLD_FILES = 4;

/** How long the last lines may take to reach the disk when the companion stops, in milliseconds. */
const FLUSH_MS = 1_000;

export interface DaemonLog {
  readonly logger: Logger;
  close(): Promise<void>;
}

const filesOf = (folder: string) => readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());

/** A link planted under the name of a log file would make the companion write, and close, whatever it leads to. */
function removeLinks(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) rmSync(join(folder, entry.name), { force: true });
  }
}

/**
 * The companion's own log: JSON lines in rotating files, 0600 in a 0700 folder. No address, title or picture of a page is
 * ever written here.
 */
export async function openDaemonLog(folder: string): Promise<DaemonLog> {
  prepareDataFolder(folder);
  removeLinks(folder);
  const file = await openRollingFile({
    file: join(folder, 'companion'),
    extension: '.log',
    size: FILE_SIZE,
    limit: { count: OLD_FILES },
    mode: 0o600,
  });
  for (const { name } of filesOf(folder)) await chmod(join(folder, name), 0o600);
  let open = true;
  // What is said after the end (a socket that closes late) must not bring anything down.
  const sink = { write: (line: string) => void (open && file.write(line)) };
  const logger = pino({ base: null, timestamp: stdTimeFunctions.isoTime }, sink);
  return {
    logger,
    close: () =>
      new Promise((resolve) => {
        open = false;
        const timer = setTimeout(resolve, FLUSH_MS);
        file.once('close', () => {
          clearTimeout(timer);
          resolve();
        });
        file.end();
      }),
  };
}

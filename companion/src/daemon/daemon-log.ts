import { readdirSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { isDiskFull } from '@touchstone/shared';
import { type Logger, pino, stdTimeFunctions } from 'pino';
import openRollingFile from 'pino-roll';
import type { LogLevel } from '../configuration/options.ts';
import type { Notices } from '../notices/notices.ts';
import { prepareDataFolder } from '../settings/data-folder.ts';

/** One file at most, and files kept besides the current one. */
const FILE_SIZE = '5m';
const OLD_FILES = 4;

/** How often a disk that took no line is offered the next one, in milliseconds; lines in between are dropped. */
const RETRY_MS = 30_000;

/** How long the last lines may take to reach the disk when the companion stops, in milliseconds. */
const FLUSH_MS = 1_000;

/** Names the log files among the notices. */
const SOURCE = 'log files';

export interface DaemonLogOptions {
  readonly level?: LogLevel | undefined;
  /** How often a disk that took no line is offered the next one. */
  readonly retryMs?: number | undefined;
}

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

async function openFile(folder: string): ReturnType<typeof openRollingFile> {
  prepareDataFolder(folder);
  removeLinks(folder);
  return openRollingFile({
    file: join(folder, 'companion'),
    extension: '.log',
    size: FILE_SIZE,
    limit: { count: OLD_FILES },
    mode: 0o600,
  });
}

/**
 * The companion's own log: JSON lines in rotating files, 0600 in a 0700 folder. No address, title or picture of a page is
 * ever written here. A disk that takes no lines (full, failing, gone) is named among the notices and ends nothing; what is
 * said meanwhile is dropped but for a line now and then, and everything is written again when the disk takes it.
 */
export async function openDaemonLog(
  folder: string,
  notices: Notices,
  options: DaemonLogOptions = {},
): Promise<DaemonLog> {
  const { level = 'info', retryMs = RETRY_MS } = options;
  let retryAt = 0;
  const failed = (error: unknown): void => {
    retryAt = performance.now() + retryMs;
    const code = isDiskFull(error) ? 'disk-full' : 'log-failed';
    notices.raise(code, SOURCE, `The log files in ${folder} cannot be written: ${String(error)}`);
  };
  const file = await openFile(folder).catch((error: unknown) => {
    failed(error);
    return undefined;
  });
  file?.on('error', failed);
  file?.on('write', () => {
    retryAt = 0;
    notices.clear(SOURCE);
  });
  if (file) for (const { name } of filesOf(folder)) await chmod(join(folder, name), 0o600).catch(failed);
  let open = file !== undefined;
  // What is said after the end (a socket that closes late) must not bring anything down.
  const sink = { write: (line: string) => void (open && performance.now() >= retryAt && file?.write(line)) };
  const logger = pino({ level, base: null, timestamp: stdTimeFunctions.isoTime }, sink);
  return {
    logger,
    close: () =>
      new Promise((resolve) => {
        open = false;
        if (!file) {
          resolve();
          return;
        }
        const timer = setTimeout(resolve, FLUSH_MS);
        file.once('close', () => {
          clearTimeout(timer);
          resolve();
        });
        file.end();
      }),
  };
}

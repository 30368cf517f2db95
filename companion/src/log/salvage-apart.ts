import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { ERROR_CODES, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { bareEnvironment } from '../workers/bare-program.ts';
import { type Saved, saveNothing, setAside } from './salvage.ts';

export interface Salvage extends Saved {
  /** Where the damaged file lies now. */
  readonly movedTo: string;
}

/** What the program prints: numbers, or what is wrong with disk or folder. */
const Printed = v.union([
  v.object({ saved: v.number(), lost: v.optional(v.number()) }),
  v.object({ code: v.picklist(ERROR_CODES), detail: v.string() }),
]);

const PROGRAM = new URL('./salvage-program.ts', import.meta.url);
/** A gigabyte of history takes some minutes; a damaged tree can lead in circles that nobody foresaw. Milliseconds. */
const LIMIT_MS = 30 * 60_000;

/**
 * Sets a damaged database aside, renamed with the time, and saves what can be read of it into a fresh one. The damaged file is
 * read in a process of its own: what makes SQLite itself fail ends that one, and the companion begins an empty log instead of
 * falling over at every start. Nothing is deleted: the damaged file stays.
 * @param cause in SQLite's words
 * @param open makes a database with today's tables
 * @throws TouchstoneError what the disk or the folder is in the way with; SQLite's own error
 */
export function salvage(
  path: string,
  cause: string,
  open: (path: string) => DatabaseSync,
  program: URL = PROGRAM,
): Salvage {
  const movedTo = setAside(path);
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', fileURLToPath(program), movedTo, path, cause],
    { env: bareEnvironment(), stdio: ['ignore', 'pipe', 'ignore'], timeout: LIMIT_MS, killSignal: 'SIGKILL' },
  );
  if (status === 0) {
    const printed = v.parse(Printed, JSON.parse(stdout.toString()));
    if ('code' in printed) throw new TouchstoneError(printed.code, printed.detail);
    return { movedTo, saved: printed.saved, lost: printed.lost };
  }
  for (const rest of ['', '-wal', '-shm']) rmSync(`${path}${rest}`, { force: true });
  const fresh = open(path);
  try {
    return { movedTo, ...saveNothing(cause, fresh) };
  } finally {
    fresh.close();
  }
}

import { type ErrorCode, TouchstoneError } from '@touchstone/shared';

/** Primary result codes of SQLite (sqlite3.h) that mean something a person can act on. */
const SQLITE = { busy: 5, locked: 6, readOnly: 8, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 } as const;

/** Extended codes carry the primary one in their low byte. */
const PRIMARY = 0xff;

const CODES: ReadonlyMap<number, ErrorCode> = new Map([
  [SQLITE.busy, 'log-locked'],
  [SQLITE.locked, 'log-locked'],
  [SQLITE.readOnly, 'log-read-only'],
  [SQLITE.cannotOpen, 'log-read-only'],
  [SQLITE.full, 'disk-full'],
  [SQLITE.corrupt, 'log-damaged'],
  [SQLITE.notADatabase, 'log-damaged'],
]);

/** @returns SQLite's primary result code, undefined for an error that is not SQLite's */
function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) return undefined;
  return error.errcode & PRIMARY;
}

/** Whether pages of the file are damaged, or it is no database at all. */
export function isDamage(error: unknown): boolean {
  const code = primaryCode(error);
  return code === SQLITE.corrupt || code === SQLITE.notADatabase;
}

/** Anything that went wrong in the log as an error with a code; what has no better one is `log-failed`. */
export function asLogError(error: unknown): TouchstoneError {
  if (error instanceof TouchstoneError) return error;
  const code = CODES.get(primaryCode(error) ?? 0) ?? 'log-failed';
  return new TouchstoneError(code, String(error), { cause: error });
}

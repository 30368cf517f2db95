import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { throwIfCancelled } from '@touchstone/shared';
import * as v from 'valibot';
import { bareEnvironment } from '../workers/bare-program.ts';
import type { GuardedStore } from './guarded-store.ts';

const PROGRAM = new URL('./check-pages-program.ts', import.meta.url);
/** What the program prints: SQLite's findings, `ok` alone where there are none. */
const Findings = v.array(v.string());
/** A process that ends so over a file was ended by what it read. */
const Crashed = v.object({ signal: v.picklist(['SIGSEGV', 'SIGBUS', 'SIGABRT', 'SIGILL', 'SIGFPE']) });

/**
 * Reads every page of the database in a process of its own (PRAGMA quick_check): nothing waits for it, it can be ended at any
 * moment, and a file that makes SQLite itself fail ends no companion.
 * @returns SQLite's findings, none for a sound file
 * @throws TouchstoneError `cancelled`; the program's error where the file cannot be checked now
 */
export async function findingsOf(path: string, signal: AbortSignal, program: URL = PROGRAM): Promise<string[]> {
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', fileURLToPath(program), path],
      { env: bareEnvironment(), signal, killSignal: 'SIGKILL', windowsHide: true },
    );
    return v.parse(Findings, JSON.parse(stdout)).filter((finding) => finding !== 'ok');
  } catch (cause) {
    throwIfCancelled(signal, cause);
    if (v.is(Crashed, cause)) return [`the check of its pages ended with ${cause.signal}`];
    throw cause;
  }
}

/** Looks for damaged pages and repairs the log where there are any. @returns whether it was sound */
export async function checkGuarded(guarded: GuardedStore, path: string, signal: AbortSignal): Promise<boolean> {
  const database = guarded.current();
  const findings = await findingsOf(path, signal);
  // Repaired or closed meanwhile: the findings speak of a file that is no longer in use.
  if (findings.length === 0 || guarded.current() !== database || !database.isOpen) return findings.length === 0;
  guarded.repair(findings.slice(0, 3).join('; '));
  return false;
}

import type { DatabaseSync } from 'node:sqlite';
import { TouchstoneError } from '@touchstone/shared';
import type { Notices } from '../notices/notices.ts';
import { createLogStore, type LogStore } from './log-store.ts';
import { openDatabase, openDurable, repairDatabase } from './open-database.ts';
import type { Salvage } from './salvage-apart.ts';
import { asLogError, isDamage } from './sqlite-errors.ts';

/** Names the log among the notices. */
const SOURCE = 'history';

export interface GuardedStore {
  /**
   * Runs one step of work on the open database. Damage that it meets is repaired and the work done once more.
   * @throws TouchstoneError with a code that says what is wrong with disk or file
   */
  use<Result>(work: (store: LogStore) => Result): Result;
  /** Like `use`, for work that changes something: success says that a full disk is over. */
  change<Result>(work: (store: LogStore) => Result): Result;
  /** Sets the database aside and saves what can be read of it. @param cause in SQLite's words */
  repair(cause: string): void;
  /** The database of this moment; a repair replaces it. */
  current(): DatabaseSync;
  /** Closes everything. @throws SQLite's own error */
  close(): void;
}

function words({ movedTo, saved, lost }: Salvage): string {
  const gone = lost === undefined ? 'nobody can tell how many are lost' : `${lost} are lost`;
  return `The history was damaged and set aside as ${movedTo}; ${saved} records were saved into a new one, ${gone}.`;
}

/**
 * Opens the database of the log and keeps it usable.
 * @param onRepaired is called after each repair
 */
export function openGuardedStore(path: string, notices: Notices, onRepaired: () => void): GuardedStore {
  const damaged = (outcome: Salvage): void => notices.raise('log-damaged', outcome.movedTo, words(outcome));
  const prepared = (database: DatabaseSync): LogStore => createLogStore(database, () => openDurable(path));
  let store = openStore();

  /** Some damage (the configuration of the full-text index) is met only where statements are prepared. */
  function openStore(): LogStore {
    const database = openDatabase(path, damaged);
    try {
      return prepared(database);
    } catch (error) {
      database.close();
      if (!isDamage(error)) throw asLogError(error);
      return prepared(repairDatabase(path, String(error), damaged));
    }
  }

  function close(): void {
    try {
      store.close();
    } catch {
      // A database may be too damaged to be closed in order.
    }
  }

  function repair(cause: string): void {
    close();
    store = prepared(repairDatabase(path, cause, damaged));
    onRepaired();
  }

  function failed(error: unknown): TouchstoneError {
    const known = asLogError(error);
    const lasting = (['disk-full', 'log-failed'] as const).find((code) => code === known.code);
    if (lasting !== undefined) {
      notices.raise(lasting, SOURCE, `${known.message} ${known.detail ?? ''}`);
    }
    return known;
  }

  function use<Result>(work: (store: LogStore) => Result): Result {
    if (!store.database.isOpen) throw new TouchstoneError('shutting-down', 'the log is closed');
    try {
      return work(store);
    } catch (error) {
      if (!isDamage(error)) throw failed(error);
      try {
        repair(String(error));
        return work(store);
      } catch (again) {
        throw failed(again);
      }
    }
  }

  return {
    use,
    change(work) {
      const result = use(work);
      notices.clear(SOURCE);
      return result;
    },
    repair,
    current: () => store.database,
    close: () => store.close(),
  };
}

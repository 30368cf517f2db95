import { randomBytes } from 'node:crypto';
import { MAX_CASE_RECORDS } from '@touchstone/shared';
import type { CaseStore } from '../store/case-store.ts';
import { transaction } from './deletions.ts';
import type { GuardedStore } from './guarded-store.ts';
import type { LogStore } from './log-store.ts';

/** Bytes of a case's id: nobody guesses one, and a person types its beginning. */
const ID_BYTES = 10;

/**
 * Cases in the database of the log.
 * @param onChange is called after each change
 * @param now milliseconds since 1970
 */
export function createCaseStore(guarded: GuardedStore, onChange: () => void, now: () => number = Date.now): CaseStore {
  /** @param work returns false or undefined where there was nothing to change */
  function change<Result>(work: (store: LogStore) => Result): Result {
    const result = guarded.change((store) => transaction(store.database, () => work(store)));
    if (result !== false && result !== undefined) onChange();
    return result;
  }

  return {
    list: async () => guarded.use(({ cases }) => cases.list()),
    get: async (id) => guarded.use(({ cases }) => cases.get(id)),
    async create(given) {
      const [id, at] = [randomBytes(ID_BYTES).toString('hex'), now()];
      return change(({ cases }) => {
        cases.create({ ...given, id, at });
        return { ...given, id, createdAt: at, updatedAt: at, records: 0 };
      });
    },
    change: async (id, wanted) => change(({ cases }) => (cases.change(id, wanted, now()) ? cases.get(id) : undefined)),
    delete: async (id) => change(({ cases }) => cases.delete(id)),
    add: async (id, records) =>
      change(({ cases, queries }) => {
        // One more than there is room for tells that there are too many.
        const numbers =
          'ids' in records ? cases.numbersOf(records.ids) : queries.newestNumbers(records.filter, MAX_CASE_RECORDS + 1);
        const added = cases.add(id, numbers, now());
        const one = added === undefined ? undefined : cases.get(id);
        return one && { added: added ?? 0, case: one };
      }),
    take: async (id, records) =>
      change(({ cases, queries }) => {
        const numbers = 'ids' in records ? cases.numbersOf(records.ids) : queries.numbersInCase(id, records);
        const taken = cases.take(id, numbers, now());
        const one = taken === undefined ? undefined : cases.get(id);
        return one && { taken: taken ?? 0, case: one };
      }),
    annotate: async (recordId, { note, tags }) => change(({ cases }) => cases.annotate(recordId, note, tags)),
  };
}

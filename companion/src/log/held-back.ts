import type { DatabaseSync } from 'node:sqlite';
import type { HeldDeletion, ToDelete, WaitingDeletion } from '../store/held-deletions.ts';
import { transaction } from './deletions.ts';
import { filterClause } from './filter-clause.ts';

/** Holds for jobs that led to no record that is held back: nobody sees the others, and they come back with their record. */
export const NOT_HELD = 'NOT EXISTS (SELECT 1 FROM records JOIN held USING (number) WHERE records.id = jobs.record)';

/** The label of a content that was checked again while its records were held back: what a person said of it holds for all of them. */
const SHARE_LABELS = `
  UPDATE records SET label = (
    SELECT label FROM records AS back JOIN held USING (number)
    WHERE held.deletion = $deletion AND back.sha256 = records.sha256 AND back.label <> 'none' LIMIT 1
  ) WHERE label = 'none' AND sha256 IN (
    SELECT sha256 FROM records JOIN held USING (number) WHERE held.deletion = $deletion AND label <> 'none'
  )`;

/**
 * Deletions that can still be taken back. A record that is held back stays where it is, with its pictures and its link of the
 * chain, and is left out of the view through which everything else reads.
 */
export function createHeldBack(database: DatabaseSync) {
  const begin = database.prepare('INSERT INTO deletions (id, due_at) VALUES (?, ?) RETURNING number');
  const holdOne = database.prepare('INSERT INTO held (number, deletion) SELECT number, ? FROM shown WHERE id = ?');
  const isHeld = database.prepare('SELECT 1 FROM records JOIN held USING (number) WHERE id = ?');
  const all = database.prepare(
    `SELECT id, due_at, (SELECT count(*) FROM held WHERE deletion = deletions.number) AS count
     FROM deletions ORDER BY number`,
  );
  const numberOf = database.prepare('SELECT number FROM deletions WHERE id = ?');
  const shareLabels = database.prepare(SHARE_LABELS);
  const release = database.prepare('DELETE FROM held WHERE deletion = ?');
  const end = database.prepare('DELETE FROM deletions WHERE number = ?');

  function holdAll(what: ToDelete, deletion: number): number {
    if ('ids' in what) return what.ids.reduce((sum, id) => sum + Number(holdOne.run(deletion, id).changes), 0);
    const { from, where, values, number } = filterClause(what.filter);
    const hold = `INSERT INTO held (number, deletion) SELECT ${number}, ? FROM ${from} WHERE ${where}`;
    return Number(database.prepare(hold).run(deletion, ...values).changes);
  }

  return {
    /** Hides records from now on, and with them the checks that led to them (`NOT_HELD`). @returns how many */
    hold(what: ToDelete, { id, dueAt }: HeldDeletion): number {
      return transaction(database, () => {
        const deletion = Number(begin.get(id, dueAt)?.number);
        const count = holdAll(what, deletion);
        if (count === 0) end.run(deletion);
        return count;
      });
    },
    /** Takes a deletion back. @returns how many records are there again; none where it was carried out */
    restore(id: string): number {
      return transaction(database, () => {
        const deletion = numberOf.get(id)?.number;
        if (typeof deletion !== 'number') return 0;
        shareLabels.run({ deletion });
        const { changes } = release.run(deletion);
        end.run(deletion);
        return Number(changes);
      });
    },
    has: (id: string): boolean => isHeld.get(id) !== undefined,
    list(): WaitingDeletion[] {
      return all
        .all()
        .map(({ id, due_at, count }) => ({ id: String(id), dueAt: Number(due_at), count: Number(count) }));
    },
  };
}

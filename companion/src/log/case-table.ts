import type { DatabaseSync } from 'node:sqlite';
import { Case, type CaseChange, MAX_CASE_RECORDS, MAX_CASES, type NewCase, TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { LOCAL_OWNER } from '../records/owner.ts';

/** A case as it is written down. */
export interface WrittenCase extends NewCase {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const TagList = v.pipe(v.string(), v.parseJson(), v.array(v.string()));

const CASES = `SELECT cases.number, id, name, note, tags, created_at, updated_at,
  (SELECT count(*) FROM case_records JOIN shown USING (number) WHERE case_number = cases.number) AS records FROM cases`;

/** A damaged row is read as far as it goes: a case must be there to be deleted. */
function caseOf(row: Readonly<Record<string, unknown>>): Case {
  const { created_at: createdAt, updated_at: updatedAt, tags, ...same } = row;
  const read = v.safeParse(TagList, tags);
  return v.parse(Case, { ...same, createdAt, updatedAt, tags: read.success ? read.output : [] });
}

/** Statements about cases and what a person wrote beside records, inside whatever transaction the caller has begun. */
export function createCaseTable(database: DatabaseSync) {
  const list = database.prepare(`${CASES} ORDER BY updated_at DESC, cases.number DESC`);
  const one = database.prepare(`${CASES} WHERE id = ?`);
  const count = database.prepare('SELECT count(*) AS total FROM cases');
  const insert = database.prepare(
    `INSERT INTO cases (id, owner, name, note, tags, created_at, updated_at)
     VALUES ($id, $owner, $name, $note, $tags, $at, $at)`,
  );
  const update = database.prepare(
    `UPDATE cases SET name = coalesce($name, name), note = coalesce($note, note), tags = coalesce($tags, tags),
     updated_at = $at WHERE id = $id`,
  );
  const touch = database.prepare('UPDATE cases SET updated_at = ? WHERE number = ?');
  const remove = database.prepare('DELETE FROM cases WHERE id = ?');
  const numberOf = database.prepare('SELECT number FROM shown WHERE id = ?');
  const put = database.prepare('INSERT OR IGNORE INTO case_records (case_number, number) VALUES (?, ?)');
  const take = database.prepare('DELETE FROM case_records WHERE case_number = ? AND number = ?');
  const held = database.prepare('SELECT count(*) AS total FROM case_records WHERE case_number = ?');
  const dropNote = database.prepare('DELETE FROM record_notes WHERE number = ?');
  const writeNote = database.prepare('INSERT INTO record_notes (number, note) VALUES (?, ?)');
  const dropTags = database.prepare('DELETE FROM record_tags WHERE number = ?');
  const writeTag = database.prepare('INSERT OR IGNORE INTO record_tags (number, tag) VALUES (?, ?)');

  const numberOfCase = (id: string): number | undefined => {
    const number = one.get(id)?.number;
    return typeof number === 'number' ? number : undefined;
  };
  const get = (id: string): Case | undefined => {
    const row = one.get(id);
    return row && caseOf(row);
  };

  return {
    list: (): readonly Case[] => list.all().map(caseOf),
    get,
    /** @throws TouchstoneError `case-full` */
    create({ id, name, note, tags, at }: WrittenCase): void {
      if (Number(count.get()?.total ?? 0) >= MAX_CASES) throw new TouchstoneError('case-full');
      insert.run({ id, owner: LOCAL_OWNER, name, note, tags: JSON.stringify(tags), at });
    },
    change(id: string, { name, note, tags }: CaseChange, at: number): boolean {
      const written = { id, name: name ?? null, note: note ?? null, tags: tags ? JSON.stringify(tags) : null, at };
      return Number(update.run(written).changes) > 0;
    },
    delete: (id: string): boolean => Number(remove.run(id).changes) > 0,
    /** Numbers of the records that there are. */
    numbersOf: (ids: readonly string[]): number[] =>
      ids.flatMap((id) => {
        const number = numberOf.get(id)?.number;
        return typeof number === 'number' ? [number] : [];
      }),
    /** @returns how many were not in it yet; undefined without such a case @throws TouchstoneError `case-full` */
    add(id: string, numbers: readonly number[], at: number): number | undefined {
      const found = numberOfCase(id);
      if (found === undefined) return undefined;
      const added = numbers.reduce((sum, number) => sum + Number(put.run(found, number).changes), 0);
      if (Number(held.get(found)?.total ?? 0) > MAX_CASE_RECORDS) throw new TouchstoneError('case-full');
      if (added > 0) touch.run(at, found);
      return added;
    },
    /** @returns how many were in it; undefined without such a case */
    take(id: string, numbers: readonly number[], at: number): number | undefined {
      const found = numberOfCase(id);
      if (found === undefined) return undefined;
      const taken = numbers.reduce((sum, number) => sum + Number(take.run(found, number).changes), 0);
      if (taken > 0) touch.run(at, found);
      return taken;
    },
    annotate(recordId: string, note: string | undefined, tags: readonly string[] | undefined): boolean {
      const number = numberOf.get(recordId)?.number;
      if (typeof number !== 'number') return false;
      if (note !== undefined) dropNote.run(number);
      if (note !== undefined && note !== '') writeNote.run(number, note);
      if (tags) dropTags.run(number);
      for (const tag of tags ?? []) writeTag.run(number, tag);
      return true;
    },
  };
}

import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { type DamagedFile, readDense } from './damaged-file.ts';

const CASE_COLUMNS = ['number', 'id', 'owner', 'name', 'note', 'tags', 'created_at', 'updated_at'] as const;

/** What stands beside records, by the number of each. */
const FILED = [
  { table: 'case_records', columns: ['case_number', 'number'] },
  { table: 'record_tags', columns: ['number', 'tag'] },
  { table: 'record_notes', columns: ['number', 'note'] },
] as const;

function isValue(value: unknown): value is SQLInputValue {
  return typeof value === 'string' || typeof value === 'number';
}

const places = (columns: readonly string[]): string => columns.map(() => '?').join();

/**
 * Copies cases, tags and notes out of a damaged database, as far as they can be read, to the records that were saved.
 * @param database in which the saved records stand already
 */
export function salvageCases(database: DatabaseSync, file: DamagedFile): void {
  const add = database.prepare(`INSERT OR IGNORE INTO cases (${CASE_COLUMNS.join()}) VALUES (${places(CASE_COLUMNS)})`);
  const last = file.integers('SELECT max(number) AS n FROM cases')[0] ?? 0;
  const select = `SELECT ${CASE_COLUMNS.join()} FROM cases WHERE number BETWEEN ? AND ? ORDER BY number`;
  for (const row of readDense(file, select, 1, last)) {
    const values = CASE_COLUMNS.map((name) => row[name]);
    if (values.every(isValue)) add.run(...values);
  }
  const saved = (table: string): ReadonlySet<unknown> =>
    new Set(
      database
        .prepare(`SELECT number FROM ${table}`)
        .all()
        .map(({ number }) => number),
    );
  const [records, cases] = [saved('records'), saved('cases')];
  for (const { table, columns } of FILED) {
    // A file from before there were cases has none of them.
    if (!file.row("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", table)) continue;
    const copy = database.prepare(`INSERT OR IGNORE INTO ${table} (${columns.join()}) VALUES (${places(columns)})`);
    const all = `SELECT ${columns.join()} FROM ${table}`;
    const rows =
      file.rows(all) ?? [...records].flatMap((number) => file.rows(`${all} WHERE number = ?`, Number(number)) ?? []);
    for (const row of rows) {
      const values = columns.map((name) => row[name]);
      const belongs = records.has(row.number) && (table !== 'case_records' || cases.has(row.case_number));
      if (belongs && values.every(isValue)) copy.run(...values);
    }
  }
}

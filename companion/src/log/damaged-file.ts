import type { DatabaseSync } from 'node:sqlite';

type Row = Readonly<Record<string, unknown>>;

/** Reading of a damaged database: whatever SQLite refuses is absent, and nothing throws. */
export interface DamagedFile {
  /** The first row of a statement, undefined where there is none or it cannot be read. */
  row(sql: string, ...values: (string | number)[]): Row | undefined;
  /** All rows, undefined where some of them cannot be read. */
  rows(sql: string, ...values: (string | number)[]): Row[] | undefined;
  /** Integers of a column up to the first place that cannot be read, while they go on in one direction. */
  integers(sql: string): number[];
}

/** @param database of which any page may be damaged */
export function damagedFile(database: DatabaseSync): DamagedFile {
  const attempt = <Result>(work: () => Result): Result | undefined => {
    try {
      return work();
    } catch {
      return undefined;
    }
  };
  return {
    row: (sql, ...values) => attempt(() => database.prepare(sql).get(...values)),
    rows: (sql, ...values) => attempt(() => database.prepare(sql).all(...values)),
    integers(sql) {
      const found: number[] = [];
      attempt(() => {
        let direction = 0;
        for (const { n } of database.prepare(sql).iterate()) {
          const last = found.at(-1);
          if (typeof n !== 'number') continue;
          // A damaged tree can lead in circles.
          if (last !== undefined && direction !== 0 && Math.sign(n - last) !== direction) return;
          if (last !== undefined) direction = Math.sign(n - last);
          found.push(n);
        }
      });
      return found;
    },
  };
}

/**
 * Rows of a table whose key counts without gaps, however many of its pages are damaged: ranges that cannot be read are halved
 * until what is left is single rows.
 * @param sql with two parameters, first and last key
 */
export function readDense(file: DamagedFile, sql: string, first: number, last: number): Row[] {
  if (last < first) return [];
  const whole = file.rows(sql, first, last);
  if (whole) return whole;
  if (first === last) return [];
  const middle = Math.floor((first + last) / 2);
  return [...readDense(file, sql, first, middle), ...readDense(file, sql, middle + 1, last)];
}

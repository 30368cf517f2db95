import { DatabaseSync } from 'node:sqlite';
import { isDamage } from './sqlite-errors.ts';

/** Findings of a check that are handed on; a person needs to know that, not where. */
const MAX_FINDINGS = 10;

function check(path: string): string[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const rows = database.prepare(`PRAGMA quick_check(${MAX_FINDINGS})`).all();
    return rows.map((row) => String(row.quick_check));
  } catch (error) {
    if (isDamage(error)) return [String(error)];
    throw error;
  } finally {
    database.close();
  }
}

process.stdout.write(JSON.stringify(check(process.argv[2] ?? '')));

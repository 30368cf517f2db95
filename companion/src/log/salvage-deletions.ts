import type { DatabaseSync } from 'node:sqlite';
import type { DamagedFile } from './damaged-file.ts';

/** Copies deletions that wait out of a damaged database: what a person deleted must not come back with what is saved. */
export function salvageDeletions(database: DatabaseSync, file: DamagedFile): void {
  const begin = database.prepare('INSERT OR IGNORE INTO deletions (number, id, due_at) VALUES (?, ?, ?)');
  const hold = database.prepare(
    `INSERT OR IGNORE INTO held (number, deletion) SELECT number, $deletion FROM records
     WHERE number = $number AND EXISTS (SELECT 1 FROM deletions WHERE number = $deletion)`,
  );
  for (const { number, id, due_at } of file.rows('SELECT number, id, due_at FROM deletions') ?? []) {
    if (typeof number === 'number' && typeof id === 'string' && typeof due_at === 'number')
      begin.run(number, id, due_at);
  }
  for (const { number, deletion } of file.rows('SELECT number, deletion FROM held') ?? []) {
    if (typeof number === 'number' && typeof deletion === 'number') hold.run({ number, deletion });
  }
}

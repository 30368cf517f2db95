import { DatabaseSync } from 'node:sqlite';
import { open } from './open-database.ts';
import { saveReadable } from './salvage.ts';
import { asLogError } from './sqlite-errors.ts';

/**
 * Saves what can be read of a damaged database, in a process of its own (salvage-apart.ts).
 * Arguments: the damaged file, the fresh one, the cause in SQLite's words. Prints one line of JSON.
 */
function run([movedTo = '', path = '', cause = '']: readonly string[]): object {
  const damaged = new DatabaseSync(movedTo);
  const fresh = open(path);
  try {
    return saveReadable(damaged, cause, fresh);
  } finally {
    fresh.close();
  }
  // The damaged one is not closed: what is damaged enough cannot be closed in order, and the process ends here.
}

try {
  process.stdout.write(JSON.stringify(run(process.argv.slice(2))));
} catch (error) {
  const { code, message, detail } = asLogError(error);
  process.stdout.write(JSON.stringify({ code, detail: detail ?? message }));
}

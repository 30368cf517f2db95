import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { MIGRATIONS } from '../../log/migrations.ts';
import { timeOfNumber } from '../../log/record-number.ts';
import { asLogError } from '../../log/sqlite-errors.ts';
import { BrowsersFile } from '../../settings/browser-store.ts';
import { folderTrouble, systemCode } from '../../settings/folder-trouble.ts';
import { refuseForeignFiles, refuseForeignFolder } from '../../settings/foreign-files.ts';
import { readPrivateFile } from '../../settings/private-file.ts';
import { broken, brokenBy, type Finding, ok, type Subject, warning } from './diagnosis.ts';

/** Bits of a mode that let other users in. */
const OTHERS = 0o077;
/** Before this day nothing of Touchstone existed: a clock that shows it was never set. */
const EARLIEST = Date.UTC(2026, 0, 1);
/** Time that a clock may lag behind the newest record, in milliseconds: corrections by a time server. */
const LAG_MS = 60 * 60_000;

/** Whether the data folder is there, one's own, and closed to others. Nothing is changed. */
export async function lookAtPermissions({ home }: Subject): Promise<Finding> {
  try {
    const { mode } = await stat(home);
    await access(home, constants.R_OK | constants.W_OK | constants.X_OK);
    refuseForeignFolder(home);
    refuseForeignFiles(home);
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0) {
      return broken(
        `Other users of this computer can look into ${home} (mode ${(mode & 0o777).toString(8)}).`,
        `Run: chmod 700 "${home}". The companion does the same when it starts.`,
      );
    }
    return ok(`${home} is yours alone.`);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return ok(`${home} is not there yet; the first start makes it.`);
    return brokenBy(folderTrouble(home, error));
  }
}

/** @returns undefined where there is no log. Read only: it looks beside a running companion too. */
function openLog(home: string): DatabaseSync | undefined {
  try {
    return new DatabaseSync(join(home, 'history.sqlite'), { readOnly: true });
  } catch (error) {
    // SQLite says "cannot open" of a file that is missing.
    if (error instanceof Error && /unable to open/.test(error.message)) return undefined;
    throw error;
  }
}

function withLog<Answer>(home: string, missing: Answer, read: (database: DatabaseSync) => Answer): Answer {
  const database = openLog(home);
  if (!database) return missing;
  try {
    return read(database);
  } finally {
    database.close();
  }
}

/** Whether the log can be read, whole, by this version. Its hash chain is what `history verify` looks at. */
export async function lookAtLog({ home }: Subject): Promise<Finding> {
  try {
    return withLog(home, ok('Nothing has been recorded yet.'), (database) => {
      const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
      if (version > MIGRATIONS.length) throw new TouchstoneError('log-newer', `version ${version}`);
      const said = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
      if (said !== 'ok') throw new TouchstoneError('log-damaged', String(said).slice(0, 200));
      const records = Number(database.prepare('SELECT count(*) AS n FROM records').get()?.n);
      return ok(`The log holds ${records} records and can be read.`);
    });
  } catch (error) {
    return brokenBy(asLogError(error));
  }
}

/** Whether the clock can be right: it orders the log and decides what is too old to be kept. */
export async function lookAtClock({ home, now }: Subject): Promise<Finding> {
  const nextStep = 'Set the clock of this computer, best by a time server.';
  if (now < EARLIEST) return broken(`The clock shows ${new Date(now).toISOString()}.`, nextStep);
  try {
    const newest = withLog(home, undefined, (database) =>
      database.prepare('SELECT max(number) AS n FROM records').get(),
    );
    const at = typeof newest?.n === 'number' ? timeOfNumber(newest.n) : 0;
    if (at > now + LAG_MS) {
      const times = `${new Date(now).toISOString()}, the newest record is of ${new Date(at).toISOString()}`;
      return broken(`The clock shows ${times}.`, nextStep);
    }
  } catch {
    // The look at the log tells of a log that cannot be read.
  }
  return ok('The clock is not behind the log.');
}

/** Whether a browser may ask. */
export async function lookAtPairing({ home }: Subject): Promise<Finding> {
  const pair = 'Run "npm run touchstone pair" and press "Pair" in the browser that opens.';
  try {
    const { browsers } = v.parse(BrowsersFile, JSON.parse(await readPrivateFile(join(home, 'browsers.json'))));
    return browsers.length > 0 ? ok(`${browsers.length} browsers are paired.`) : warning('No browser is paired.', pair);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return warning('No browser is paired.', pair);
    if (error instanceof TouchstoneError) return brokenBy(error);
    return broken('The list of paired browsers (browsers.json) cannot be read.', pair);
  }
}

import { TouchstoneError } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { restoreBackup } from '../../backup/restore-backup.ts';
import { dataFolder } from '../../settings/data-folder.ts';
import { companionOrFolder } from '../link/companion-or-folder.ts';
import { interruptSignal } from '../terminal/endings.ts';
import { givenPath } from '../terminal/given-path.ts';

const ACCESS_SAYS = {
  here: 'Paired browsers and tokens stayed as they were here; --with-access takes those of a backup that you made yourself.',
  backup:
    'Paired browsers and tokens are those of the backup; "touchstone browsers" and "touchstone tokens list" name them.',
} as const;

/**
 * `touchstone restore`: puts a backup in the place of what the data folder holds.
 * @throws TouchstoneError `folder-in-use` while a companion runs, and as `restoreBackup`
 */
export async function restore(
  from: string,
  { json = false, withAccess = false }: { readonly json?: boolean; readonly withAccess?: boolean },
): Promise<void> {
  const home = dataFolder();
  const signal = interruptSignal();
  const place = await companionOrFolder(signal);
  if ('link' in place) {
    throw new TouchstoneError('folder-in-use', `the companion works in ${home}; "npm run touchstone stop" ends it`);
  }
  try {
    const { manifest, aside } = await restoreBackup({ home, from: givenPath(from), withAccess, signal });
    const { records, waiting, at } = manifest;
    process.stdout.write(
      json
        ? `${JSON.stringify({ records, waiting, at, aside })}\n`
        : `Restored ${records} records and ${waiting} accepted checks of ${new Date(at).toISOString()}.\n${ACCESS_SAYS[withAccess ? 'backup' : 'here']}\nWhat was there lies in ${foreignText(aside)}; delete it once everything is as it should be.\n`,
    );
  } finally {
    place.lock.release();
  }
}

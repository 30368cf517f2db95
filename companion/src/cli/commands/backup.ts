import { existsSync } from 'node:fs';
import { TouchstoneError } from '@touchstone/shared';
import { foreignText } from '@touchstone/shared/words';
import { backUp } from '../../backup/back-up.ts';
import { rotate } from '../../backup/backup-folders.ts';
import { dataFolder } from '../../settings/data-folder.ts';
import { companionOrFolder } from '../link/companion-or-folder.ts';
import { interruptSignal } from '../terminal/endings.ts';
import { givenPath } from '../terminal/given-path.ts';

const MEGABYTE = 1_000_000;

export interface BackupCommandOptions {
  /** Backups that stay in the folder, the new one among them; absent: all. */
  readonly keep?: number;
  readonly json?: boolean;
}

/**
 * `touchstone backup`: a whole copy of the data folder, also while a companion works in it.
 * @param into folder that backups lie in
 */
export async function backup(into: string, { keep, json = false }: BackupCommandOptions): Promise<void> {
  const home = dataFolder();
  if (!existsSync(home)) throw new TouchstoneError('backup-failed', `${home}: there is no such data folder`);
  const signal = interruptSignal();
  const place = await companionOrFolder(signal);
  try {
    const folder = givenPath(into);
    const made = await backUp({ home, into: folder, signal });
    const gone = keep === undefined ? [] : await rotate(folder, keep);
    const { records, waiting, missing, head, files } = made.manifest;
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    if (json) {
      const outcome = { folder: made.folder, records, waiting, missing, head, bytes, removed: gone };
      process.stdout.write(`${JSON.stringify(outcome)}\n`);
      return;
    }
    process.stdout.write(
      `${[
        `Backed up ${records} records and ${waiting} accepted checks (${(bytes / MEGABYTE).toFixed(1)} MB) to ${foreignText(made.folder)}.`,
        ...(missing > 0
          ? [`${missing} kept originals were deleted meanwhile, or are damaged; they are not in it.`]
          : []),
        ...gone.map((one) => `Removed ${foreignText(one)}.`),
        `Restore it with: npm run touchstone restore "${foreignText(made.folder)}"`,
      ].join('\n')}\n`,
    );
  } finally {
    if ('lock' in place) place.lock.release();
  }
}

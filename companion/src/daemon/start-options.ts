import { flagsFrom } from '../configuration/option-flags.ts';
import { resolveConfiguration } from '../configuration/resolve-configuration.ts';
import { dataFolder } from '../settings/data-folder.ts';
import { packFolders } from './pack-folders.ts';
import type { StartOptions } from './start-contract.ts';

/**
 * What a companion starts with, from flags, environment and config.json.
 * @param flags as a parser of the command line gives them
 * @throws TouchstoneError `config-invalid`, `folder-unusable`
 */
export async function startOptions(flags: Readonly<Record<string, unknown>>): Promise<Omit<StartOptions, 'signal'>> {
  const home = dataFolder();
  const { values } = await resolveConfiguration({ flags: flagsFrom(flags), environment: process.env, home });
  const { port, provider, logLevel, maxQueue, maxQueueBytes, backupEveryHours, backupFolder, backupKeep } = values;
  return {
    home,
    port,
    packFolders: packFolders(home),
    logLevel,
    queueLimits: { jobs: maxQueue, bytes: maxQueueBytes },
    ...(provider === undefined ? {} : { provider }),
    ...(backupEveryHours === undefined || backupFolder === undefined
      ? {}
      : { backups: { into: backupFolder, everyHours: backupEveryHours, keep: backupKeep } }),
  };
}

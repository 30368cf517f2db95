import { join } from 'node:path';
import { TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { folderTrouble, systemCode } from '../settings/folder-trouble.ts';
import { readPrivateFile } from '../settings/private-file.ts';

/** Whatever it says; each value is looked at where the sources come together. */
const ConfigFile = v.record(v.string(), v.unknown());

export function configFile(home: string): string {
  return join(home, 'config.json');
}

/**
 * Reads config.json of a data folder.
 * @returns its members as they stand there; none where there is no file
 * @throws TouchstoneError `config-invalid`, `folder-unusable`
 */
export async function readConfigFile(home: string): Promise<Readonly<Record<string, unknown>>> {
  const path = configFile(home);
  let text: string;
  try {
    text = await readPrivateFile(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return {};
    throw folderTrouble(path, error);
  }
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value)) return v.parse(ConfigFile, value);
  } catch (cause) {
    throw new TouchstoneError('config-invalid', `${path}: it is no JSON object (${String(cause)})`, { cause });
  }
  throw new TouchstoneError('config-invalid', `${path}: it is a list, not a JSON object`);
}

import { TouchstoneError } from '@touchstone/shared';

/** Where a team's things are: a flag, else the environment. @throws TouchstoneError `config-invalid` */
export function readSetting(flag: string, given: string | undefined, variable: string): string {
  const value = given ?? process.env[variable];
  if (value) return value;
  const what = `--${flag} or ${variable}`;
  throw new TouchstoneError('config-invalid', `${what} must be given`, { nextStep: `Give ${what} (docs/team.md).` });
}

/**
 * Address of a team's database. Whoever lists the processes of this machine reads their command lines: a password has no place there.
 * @throws TouchstoneError `config-invalid`
 */
export function readDatabaseAddress(given: string | undefined): string {
  const address = readSetting('database', given, 'TOUCHSTONE_DATABASE');
  if (given !== undefined && URL.canParse(given) && new URL(given).password !== '') {
    throw new TouchstoneError(
      'config-invalid',
      'a password has no place on a command line; put the address into TOUCHSTONE_DATABASE',
    );
  }
  return address;
}

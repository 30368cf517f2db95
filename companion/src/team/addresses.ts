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

/**
 * Address under which people reach the team's server: `https://host[:port]`, and nothing behind it.
 * @throws TouchstoneError `config-invalid`
 */
export function readPublicAddress(given: string | undefined): URL {
  const text = readSetting('url', given, 'TOUCHSTONE_URL');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' && url.href === `${url.origin}/`) return url;
  throw new TouchstoneError('config-invalid', `${text} is no address of a team's server`, {
    nextStep: 'Give --url the address that people type: https:// with the name, and nothing behind it.',
  });
}

/** Link with which somebody joins. The secret stands in the fragment, which browsers do not send. */
export const joinLink = ({ origin }: URL, secret: string): string => `${origin}/#join=${secret}`;

/** Where a process listens. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Reads an address and a port. @param flag that gives it @throws TouchstoneError `config-invalid` */
export function readListen(flag: string, text: string): ListenAddress {
  const [, ipv6, name, port = ''] = /^(?:\[([\da-f:.]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(text) ?? [];
  const host = ipv6 ?? name;
  if (host !== undefined && Number(port) <= 65_535) return { host, port: Number(port) };
  throw new TouchstoneError('config-invalid', `${text} is no address to listen on`, {
    nextStep: `Give --${flag} an address and a port, such as 127.0.0.1:47616.`,
  });
}

import { DEFAULT_PORT, TouchstoneError } from '@touchstone/shared';

/** The port to listen on: TOUCHSTONE_PORT, else the default. @throws TouchstoneError `bad-request` */
export function portFrom(environment: Readonly<Record<string, string | undefined>>): number {
  const text = environment.TOUCHSTONE_PORT;
  if (!text) return DEFAULT_PORT;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new TouchstoneError('bad-request', `TOUCHSTONE_PORT is "${text}"; it must be a number from 0 to 65535`);
}

import { type ErrorCode, entryOf, TouchstoneError } from '@touchstone/shared';
import { whyUnreachable } from './why-unreachable.ts';

/** What is said of this computer's companion, as it is said of a team's server. */
const OF_TEAM: Readonly<Partial<Record<ErrorCode, ErrorCode>>> = {
  'not-paired': 'team-not-let-in',
  'companion-not-genuine': 'team-not-there',
  'companion-too-old': 'team-too-old',
  'companion-unreachable': 'team-unreachable',
  'shutting-down': 'team-unreachable',
};

/** The same error in the words of a team's server. */
export function teamError(error: TouchstoneError): TouchstoneError {
  const code = entryOf(OF_TEAM, error.code);
  return code ? new TouchstoneError(code, error.message, { cause: error }) : error;
}

/** Why a connection to a team's server could not be made. @param address of the server */
export async function whyNotConnected(error: TouchstoneError, address: string): Promise<TouchstoneError> {
  return error.code === 'companion-unreachable' ? whyUnreachable(address) : teamError(error);
}

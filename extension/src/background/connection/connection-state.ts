import type { CompanionStatus, TouchstoneError } from '@touchstone/shared';
import type { CONNECTION_PHASES } from '../../messaging/requests.ts';

export type ConnectionPhase = (typeof CONNECTION_PHASES)[number];

/** Where the connection stands. */
export interface ConnectionState {
  readonly phase: ConnectionPhase;
  readonly port?: number;
  readonly status?: CompanionStatus;
  readonly error?: TouchstoneError;
  readonly nextAttemptAt?: number;
}

/** What a failed attempt shows. */
export function phaseOf(error: TouchstoneError): ConnectionPhase {
  switch (error.code) {
    case 'not-paired':
      return 'not-paired';
    case 'companion-unreachable':
    case 'shutting-down':
    case 'busy':
      return 'not-running';
    default:
      return 'refused';
  }
}

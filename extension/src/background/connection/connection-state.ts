import { type CompanionStatus, type Lane, TouchstoneError } from '@touchstone/shared';
import type { CONNECTION_PHASES } from '../../messaging/requests.ts';

export type ConnectionPhase = (typeof CONNECTION_PHASES)[number];

/** Which machine it is about. */
export interface ConnectionPlace {
  /** Port of the companion on this computer. */
  readonly port?: number;
  /** `https://host[:port]` of a team's server. */
  readonly team?: string;
}

/** Where the connection stands. */
export interface ConnectionState extends ConnectionPlace {
  readonly phase: ConnectionPhase;
  readonly status?: CompanionStatus;
  readonly error?: TouchstoneError;
  readonly nextAttemptAt?: number;
}

/** What a failed attempt shows. */
export function phaseOf(error: TouchstoneError): ConnectionPhase {
  switch (error.code) {
    case 'not-paired':
    case 'team-not-let-in':
      return 'not-paired';
    case 'companion-unreachable':
    case 'shutting-down':
    case 'busy':
    case 'team-unreachable':
    case 'team-certificate':
    case 'team-no-stream':
      return 'not-running';
    default:
      return 'refused';
  }
}

/**
 * Why a capture of a lane need not wait for a connection; undefined where it may. What checks by itself is told the same of every
 * machine, since it says nothing of it on a page.
 */
export function whyNotNow(
  { phase, error }: Pick<ConnectionState, 'phase' | 'error'>,
  lane: Lane,
): TouchstoneError | undefined {
  if (phase === 'not-paired' && lane !== 'asked') return new TouchstoneError('not-paired');
  if (phase === 'not-paired' || phase === 'refused') return error ?? new TouchstoneError('not-paired');
  if (phase === 'not-running' && lane !== 'asked') return new TouchstoneError('companion-unreachable');
  return undefined;
}

import {
  newPairingCode,
  PAIRING_ATTEMPTS,
  PAIRING_CODE_LIFETIME_MS,
  pairingKey,
  TouchstoneError,
  type Transcript,
  verifyProof,
} from '@touchstone/shared';
import { createAttemptLimit } from './attempt-limit.ts';

/** Codes that work at the same time (one printed at the start, one asked for in another window); the oldest goes. */
const MAX_ACTIVE_CODES = 4;

interface ActiveCode {
  readonly code: string;
  readonly expiresAt: number;
  attemptsLeft: number;
  used: boolean;
}

export interface IssuedCode {
  readonly code: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Hands out one-time pairing codes and takes them back. Codes live in memory only. */
export interface PairingDesk {
  issue(): IssuedCode;
  /**
   * Finds the active code that the proof was made with, and uses it up.
   * @returns the code
   * @throws TouchstoneError `pairing-code-wrong` or `pairing-rate-limited`
   */
  redeem(transcript: Transcript, proof: Uint8Array): Promise<string>;
}

/** @param now milliseconds since 1970 */
export function createPairingDesk(now: () => number = Date.now): PairingDesk {
  let active: ActiveCode[] = [];
  const limit = createAttemptLimit(now);

  function usable(): ActiveCode[] {
    active = active.filter((entry) => !entry.used && entry.expiresAt > now() && entry.attemptsLeft > 0);
    return active;
  }

  async function matches(entry: ActiveCode, transcript: Transcript, proof: Uint8Array): Promise<boolean> {
    return verifyProof(await pairingKey(entry.code), 'client', transcript, proof);
  }

  return {
    issue() {
      const entry = {
        code: newPairingCode(),
        expiresAt: now() + PAIRING_CODE_LIFETIME_MS,
        attemptsLeft: PAIRING_ATTEMPTS,
        used: false,
      };
      active = [...usable(), entry].slice(-MAX_ACTIVE_CODES);
      return { code: entry.code, expiresAt: entry.expiresAt };
    },
    async redeem(transcript, proof) {
      limit.take();
      const candidates = [...usable()];
      // Paid before the proof is looked at: guesses sent side by side cannot share one attempt.
      for (const entry of candidates) entry.attemptsLeft -= 1;
      for (const entry of candidates) {
        if (!(await matches(entry, transcript, proof))) continue;
        // Somebody else may have used it up while this proof was computed.
        if (entry.used) break;
        entry.used = true;
        for (const other of candidates) other.attemptsLeft += 1;
        return entry.code;
      }
      throw new TouchstoneError('pairing-code-wrong');
    },
  };
}

import {
  newPairingCode,
  PAIRING_CODE_LIFETIME_MS,
  pairingKey,
  TouchstoneError,
  type Transcript,
  verifyProof,
} from '@touchstone/shared';

/** Codes that work at the same time (one printed at the start, one asked for in another window); the oldest goes. */
const MAX_ACTIVE_CODES = 4;

interface ActiveCode {
  readonly code: string;
  readonly expiresAt: number;
  /** Derived once, so that a wrong proof costs one HMAC a code and no more. */
  readonly key: Promise<Uint8Array>;
}

export interface IssuedCode {
  readonly code: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * Hands out one-time pairing codes and takes them back. Codes live in memory only. Wrong proofs cost a code nothing: 80
 * random bits cannot be guessed in ten minutes at any rate, and whatever counted attempts would let a program that knows
 * no code use up a person's. What bounds them is the number of connections that may be unproven.
 */
export interface PairingCodes {
  issue(): IssuedCode;
  /**
   * Finds the active code that the proof was made with, and uses it up.
   * @returns the code
   * @throws TouchstoneError `pairing-code-wrong`
   */
  redeem(transcript: Transcript, proof: Uint8Array): Promise<string>;
}

/** @param now milliseconds since 1970 */
export function createPairingCodes(now: () => number = Date.now): PairingCodes {
  let active: readonly ActiveCode[] = [];

  function usable(): readonly ActiveCode[] {
    active = active.filter((entry) => entry.expiresAt > now());
    return active;
  }

  return {
    issue() {
      const code = newPairingCode();
      const entry = { code, expiresAt: now() + PAIRING_CODE_LIFETIME_MS, key: pairingKey(code) };
      active = [...usable(), entry].slice(-MAX_ACTIVE_CODES);
      return { code, expiresAt: entry.expiresAt };
    },
    async redeem(transcript, proof) {
      for (const entry of usable()) {
        if (!(await verifyProof(await entry.key, 'client', transcript, proof))) continue;
        // Somebody else may have used it up while this proof was computed.
        if (!usable().includes(entry)) break;
        active = active.filter((other) => other !== entry);
        return entry.code;
      }
      throw new TouchstoneError('pairing-code-wrong');
    },
  };
}

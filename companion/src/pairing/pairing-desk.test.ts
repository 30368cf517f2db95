import {
  newNonce,
  PAIRING_ATTEMPTS,
  PAIRING_CODE_LIFETIME_MS,
  pairingKey,
  prove,
  type Transcript,
} from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { ATTEMPTS_PER_MINUTE } from './attempt-limit.ts';
import { createPairingDesk } from './pairing-desk.ts';

const transcript: Transcript = {
  purpose: 'pair',
  audience: '127.0.0.1:47615',
  browserId: '',
  clientNonce: newNonce(),
  serverNonce: newNonce(),
};

async function proofOf(code: string, role: 'client' | 'server' = 'client') {
  return prove(await pairingKey(code), role, transcript);
}

const wrong = expect.objectContaining({ code: 'pairing-code-wrong' });

describe('pairing desk', () => {
  it('redeems the proof of a code once', async () => {
    const desk = createPairingDesk();
    const { code } = desk.issue();
    expect(await desk.redeem(transcript, await proofOf(code))).toBe(code);
    await expect(desk.redeem(transcript, await proofOf(code))).rejects.toEqual(wrong);
  });

  it('redeems none of a code that has expired', async () => {
    let now = 0;
    const desk = createPairingDesk(() => now);
    const { code, expiresAt } = desk.issue();
    expect(expiresAt).toBe(PAIRING_CODE_LIFETIME_MS);
    now = PAIRING_CODE_LIFETIME_MS - 1;
    const other = desk.issue();
    now = PAIRING_CODE_LIFETIME_MS;
    await expect(desk.redeem(transcript, await proofOf(code))).rejects.toEqual(wrong);
    expect(await desk.redeem(transcript, await proofOf(other.code))).toBe(other.code);
  });

  it('refuses its own kind of proof thrown back at it', async () => {
    const desk = createPairingDesk();
    const { code } = desk.issue();
    await expect(desk.redeem(transcript, await proofOf(code, 'server'))).rejects.toEqual(wrong);
  });

  it('keeps a few codes alive side by side, and a right proof costs the others nothing', async () => {
    const desk = createPairingDesk();
    const [first, ...others] = Array.from({ length: 5 }, () => desk.issue().code);
    await expect(desk.redeem(transcript, await proofOf(first ?? ''))).rejects.toEqual(wrong);
    for (const code of others) expect(await desk.redeem(transcript, await proofOf(code))).toBe(code);
  });

  it('burns a code after wrong proofs, even when they come side by side', async () => {
    const desk = createPairingDesk();
    const { code } = desk.issue();
    const guess = await proofOf('0000-0000-0000-0000');
    const proof = await proofOf(code);
    const guesses = Array.from({ length: PAIRING_ATTEMPTS }, () => desk.redeem(transcript, guess));
    const right = desk.redeem(transcript, proof);
    const outcomes = await Promise.allSettled([...guesses, right]);
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason)).toEqual(
      outcomes.map(() => wrong),
    );
  });

  it('takes a limited number of attempts a minute, then more', async () => {
    let now = 0;
    const desk = createPairingDesk(() => now);
    const guess = await proofOf('0000-0000-0000-0000');
    for (let attempt = 0; attempt < ATTEMPTS_PER_MINUTE; attempt += 1) {
      await expect(desk.redeem(transcript, guess)).rejects.toEqual(wrong);
    }
    const limited = expect.objectContaining({ code: 'pairing-rate-limited' });
    await expect(desk.redeem(transcript, guess)).rejects.toEqual(limited);
    now = 60_000;
    const { code } = desk.issue();
    expect(await desk.redeem(transcript, await proofOf(code))).toBe(code);
  });
});

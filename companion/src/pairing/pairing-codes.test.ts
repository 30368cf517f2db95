import { newNonce, PAIRING_CODE_LIFETIME_MS, pairingKey, prove, type Transcript } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { createPairingCodes } from './pairing-codes.ts';

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

describe('pairing codes', () => {
  it('redeems the proof of a code once', async () => {
    const codes = createPairingCodes();
    const { code } = codes.issue();
    expect(await codes.redeem(transcript, await proofOf(code))).toBe(code);
    await expect(codes.redeem(transcript, await proofOf(code))).rejects.toEqual(wrong);
  });

  it('redeems none of a code that has expired', async () => {
    let now = 0;
    const codes = createPairingCodes(() => now);
    const { code, expiresAt } = codes.issue();
    expect(expiresAt).toBe(PAIRING_CODE_LIFETIME_MS);
    now = PAIRING_CODE_LIFETIME_MS - 1;
    const other = codes.issue();
    now = PAIRING_CODE_LIFETIME_MS;
    await expect(codes.redeem(transcript, await proofOf(code))).rejects.toEqual(wrong);
    expect(await codes.redeem(transcript, await proofOf(other.code))).toBe(other.code);
  });

  it('refuses its own kind of proof thrown back at it', async () => {
    const codes = createPairingCodes();
    const { code } = codes.issue();
    await expect(codes.redeem(transcript, await proofOf(code, 'server'))).rejects.toEqual(wrong);
  });

  it('keeps a few codes alive side by side, and a right proof costs the others nothing', async () => {
    const codes = createPairingCodes();
    const [first, ...others] = Array.from({ length: 5 }, () => codes.issue().code);
    await expect(codes.redeem(transcript, await proofOf(first ?? ''))).rejects.toEqual(wrong);
    for (const code of others) expect(await codes.redeem(transcript, await proofOf(code))).toBe(code);
  });

  it('gives a code to one of many that present it at the same moment', async () => {
    const codes = createPairingCodes();
    const { code } = codes.issue();
    const proof = await proofOf(code);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => codes.redeem(transcript, proof)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

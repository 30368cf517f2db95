import { newNonce, newPairingCode, pairingKey, prove, type Transcript } from '@touchstone/shared';
import { describe, expect, test } from 'vitest';
import { createPairingCodes } from './pairing-codes.ts';

const transcript: Transcript = {
  purpose: 'pair',
  audience: '127.0.0.1:47615',
  browserId: '',
  clientNonce: newNonce(),
  serverNonce: newNonce(),
};
const proofOf = async (code: string) => prove(await pairingKey(code), 'client', transcript);
const wrong = expect.objectContaining({ code: 'pairing-code-wrong' });

describe('attack: the pairing code', () => {
  test('use up a person\u2019s code, or the minute\u2019s attempts, without knowing any', async () => {
    const codes = createPairingCodes();
    const { code } = codes.issue();
    for (let attempt = 0; attempt < 1_000; attempt += 1) {
      await expect(codes.redeem(transcript, newNonce())).rejects.toEqual(wrong);
    }
    expect(await codes.redeem(transcript, await proofOf(code))).toBe(code);
  });

  test('use it up by many guesses side by side with the right proof', async () => {
    const codes = createPairingCodes();
    const { code } = codes.issue();
    const guess = await proofOf(newPairingCode());
    const guesses = Promise.allSettled(Array.from({ length: 200 }, () => codes.redeem(transcript, guess)));
    const right = proofOf(code).then((proof) => codes.redeem(transcript, proof));
    expect(await right).toBe(code);
    expect((await guesses).every(({ status }) => status === 'rejected')).toBe(true);
  });

  test('guess it from what a wrong proof is answered with', async () => {
    const codes = createPairingCodes();
    const { code } = codes.issue();
    const near = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`;
    const far = newPairingCode();
    const answers = await Promise.allSettled(
      [near, far].map(async (guess) => codes.redeem(transcript, await proofOf(guess))),
    );
    expect(answers.map((answer) => answer.status === 'rejected' && answer.reason)).toEqual([wrong, wrong]);
  });

  test('use a code again that was recorded when it was used', async () => {
    const codes = createPairingCodes();
    const { code } = codes.issue();
    const proof = await proofOf(code);
    await codes.redeem(transcript, proof);
    codes.issue();
    await expect(codes.redeem(transcript, proof)).rejects.toEqual(wrong);
  });
});

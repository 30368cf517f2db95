import { describe, expect, it } from 'vitest';
import { newNonce, prove, type Transcript, verifyProof } from './handshake.ts';

const secret = newNonce();
const transcript: Transcript = {
  purpose: 'hello',
  audience: '127.0.0.1:47615',
  browserId: 'browser-1',
  clientNonce: newNonce(),
  serverNonce: newNonce(),
};

describe('handshake proofs', () => {
  it('accepts the proof of the same secret, role and transcript', async () => {
    const proof = await prove(secret, 'client', transcript);
    expect(proof).toHaveLength(32);
    expect(await verifyProof(secret, 'client', transcript, proof)).toBe(true);
  });

  it.each<[string, Partial<Transcript>]>([
    ['another port (a relay)', { audience: '127.0.0.1:47616' }],
    ['another browser', { browserId: 'browser-2' }],
    ['a fresh server nonce (a replay)', { serverNonce: newNonce() }],
    ['a fresh client nonce', { clientNonce: newNonce() }],
    ['another purpose', { purpose: 'pair' }],
  ])('refuses a proof made for %s', async (_, change) => {
    const proof = await prove(secret, 'client', { ...transcript, ...change });
    expect(await verifyProof(secret, 'client', transcript, proof)).toBe(false);
  });

  it('refuses a proof reflected from the other role, and another secret', async () => {
    expect(await verifyProof(secret, 'server', transcript, await prove(secret, 'client', transcript))).toBe(false);
    expect(await verifyProof(secret, 'client', transcript, await prove(newNonce(), 'client', transcript))).toBe(false);
  });
});

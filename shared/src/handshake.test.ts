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

  const versions = { client: { min: 2, max: 2 }, server: { min: 1, max: 2 } };
  it.each<[string, Partial<Transcript>]>([
    ['other versions of the client', { versions: { ...versions, client: { min: 1, max: 2 } } }],
    ['other versions of the server', { versions: { ...versions, server: { min: 1, max: 1 } } }],
    ['versions that nobody named', { versions: undefined }],
    ['a refusal', { refusal: 'not-paired' }],
  ])('refuses a proof made for %s', async (_, change) => {
    const proof = await prove(secret, 'server', { ...transcript, versions, ...change });
    expect(await verifyProof(secret, 'server', { ...transcript, versions }, proof)).toBe(false);
    expect(await verifyProof(secret, 'server', { ...transcript, versions, ...change }, proof)).toBe(true);
  });

  it('refuses a proof reflected from the other role, and another secret', async () => {
    expect(await verifyProof(secret, 'server', transcript, await prove(secret, 'client', transcript))).toBe(false);
    expect(await verifyProof(secret, 'client', transcript, await prove(newNonce(), 'client', transcript))).toBe(false);
  });
});

import { expect, it } from 'vitest';
import { newNonce, prove, type Transcript } from './handshake.ts';
import { keptSecretOf, proveToKeeper, verifyForKeeper } from './kept-secret.ts';

const secret = newNonce();
const transcript: Transcript = {
  purpose: 'hello',
  audience: 'desk.example',
  browserId: 'browser-1',
  clientNonce: newNonce(),
  serverNonce: newNonce(),
  versions: { client: { min: 2, max: 2 }, server: { min: 1, max: 2 } },
};

it('takes the proof of the secret that it is kept of', async () => {
  const kept = await keptSecretOf(secret);
  expect(await verifyForKeeper(kept, transcript, await proveToKeeper(secret, transcript))).toBe(true);
});

it('takes none of another secret, for anything else, nor of another length', async () => {
  const kept = await keptSecretOf(secret);
  expect(await verifyForKeeper(kept, transcript, await proveToKeeper(newNonce(), transcript))).toBe(false);
  for (const change of [{ audience: 'evil.example' }, { serverNonce: newNonce() }, { purpose: 'join' as const }])
    expect(await verifyForKeeper(kept, transcript, await proveToKeeper(secret, { ...transcript, ...change }))).toBe(
      false,
    );
  const proof = await proveToKeeper(secret, transcript);
  for (const wrong of [proof.slice(0, 31), Uint8Array.of(...proof, 0), new Uint8Array(0), new Uint8Array(32)])
    expect(await verifyForKeeper(kept, transcript, wrong)).toBe(false);
});

it('keeps nothing that such a proof can be made with', async () => {
  const kept = await keptSecretOf(secret);
  for (const known of [kept.stored, kept.server]) {
    expect(known).not.toEqual(secret);
    expect(await verifyForKeeper(kept, transcript, await proveToKeeper(known, transcript))).toBe(false);
    expect(await verifyForKeeper(kept, transcript, await prove(known, 'client', transcript))).toBe(false);
  }
});

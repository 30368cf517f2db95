import { describe, expect, it } from 'vitest';
import { newNonce } from './handshake.ts';
import { browserSecret, newPairingCode, pairingKey, parsePairingCode } from './pairing.ts';

describe('pairing codes', () => {
  it('are sixteen letters of Crockford base 32 and differ', () => {
    const code = newPairingCode();
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(newPairingCode()).not.toBe(code);
  });

  it('are read as people type them', () => {
    expect(parsePairingCode(' 7zko 0mpq-x2b8t6rl ')).toBe('7ZK0-0MPQ-X2B8-T6R1');
    expect(parsePairingCode('7ZK0-0MPQ-X2B8')).toBeUndefined();
    expect(parsePairingCode('7ZK0-0MPQ-X2B8-T6R!')).toBeUndefined();
  });
});

describe('browser secret', () => {
  it('is the same on both sides and depends on every input', async () => {
    const code = newPairingCode();
    const [client, server] = [newNonce(), newNonce()];
    const secret = await browserSecret(code, 'b1', client, server);
    expect(await browserSecret(code, 'b1', client, server)).toEqual(secret);
    expect(await browserSecret(code, 'b2', client, server)).not.toEqual(secret);
    expect(await browserSecret(code, 'b1', server, client)).not.toEqual(secret);
    expect(await browserSecret(newPairingCode(), 'b1', client, server)).not.toEqual(secret);
    expect(await pairingKey(code)).not.toEqual(secret);
  });
});

import { prove, type Transcript } from './handshake.ts';

/**
 * What a server keeps of a browser's secret (after SCRAM, RFC 5802): enough to check proofs and to prove itself, and not enough to
 * make a proof of the browser's. Whoever reads the server's tables, or a backup of them, comes in nowhere.
 */
export interface KeptSecret {
  /** Hash of the browser's key; 32 bytes. */
  readonly stored: Uint8Array<ArrayBuffer>;
  /** The server's key; 32 bytes. */
  readonly server: Uint8Array<ArrayBuffer>;
}

const text = new TextEncoder();

async function keyOf(secret: Uint8Array, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey('raw', new Uint8Array(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, text.encode(name)));
}

const hash = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

const browserKey = (secret: Uint8Array): Promise<Uint8Array<ArrayBuffer>> => keyOf(secret, 'touchstone browser key v1');

/** XOR of two values of 32 bytes. */
const mixed = (a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(a, (byte, index) => byte ^ (b[index] ?? 0));

/** @param secret 32 bytes, which only the browser keeps */
export async function keptSecretOf(secret: Uint8Array): Promise<KeptSecret> {
  return { stored: await hash(await browserKey(secret)), server: await keyOf(secret, 'touchstone server key v1') };
}

/** Proof that a browser has the secret of which a server keeps this. @returns 32 bytes */
export async function proveToKeeper(secret: Uint8Array, transcript: Transcript): Promise<Uint8Array<ArrayBuffer>> {
  const key = await browserKey(secret);
  return mixed(key, await prove(await hash(key), 'client', transcript));
}

/** Checks such a proof with what is kept. */
export async function verifyForKeeper(
  { stored }: Pick<KeptSecret, 'stored'>,
  transcript: Transcript,
  proof: Uint8Array,
): Promise<boolean> {
  const shown = await hash(mixed(proof, await prove(stored, 'client', transcript)));
  let difference = shown.length ^ stored.length;
  for (const [index, byte] of shown.entries()) difference |= byte ^ (stored[index] ?? 0);
  return difference === 0;
}

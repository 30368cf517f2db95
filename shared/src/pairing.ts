/**
 * Pairing: a one-time code of 80 random bits goes from the companion to the browser outside the socket (in a link's
 * fragment, which is never sent, or typed). Both sides prove that they know it and derive the browser's secret from it
 * with HKDF-SHA-256 (RFC 5869), salted with both nonces: the secret itself is never sent.
 */

/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 16;

/** New code as four groups, for instance `7ZK4-0MPQ-X2B8-T6RD`. */
export function newPairingCode(): string {
  const random = crypto.getRandomValues(new Uint8Array(CODE_LENGTH));
  const letters = Array.from(random, (byte) => ALPHABET[byte & 31]).join('');
  return (letters.match(/.{4}/g) ?? []).join('-');
}

/**
 * Reads a code as people type it: any case, with or without dashes, O for 0, I and L for 1.
 * @returns the code in canonical form, or undefined where it cannot be one
 */
export function parsePairingCode(typed: string): string | undefined {
  const letters = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  if (letters.length !== CODE_LENGTH) return undefined;
  for (const letter of letters) if (!ALPHABET.includes(letter)) return undefined;
  return (letters.match(/.{4}/g) ?? []).join('-');
}

async function derive(code: string, salt: Uint8Array, info: string): Promise<Uint8Array<ArrayBuffer>> {
  const text = new TextEncoder();
  const material = await crypto.subtle.importKey('raw', text.encode(code), 'HKDF', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(salt), info: text.encode(info) },
    material,
    256,
  );
  return new Uint8Array(bits);
}

/** Key that both proofs of a pairing are made with. @param code in canonical form @returns 32 bytes */
export function pairingKey(code: string): Promise<Uint8Array<ArrayBuffer>> {
  return derive(code, new Uint8Array(0), 'touchstone pairing key v1');
}

/** Secret of one browser profile. @param code in canonical form @returns 32 bytes */
export function browserSecret(
  code: string,
  browserId: string,
  clientNonce: Uint8Array,
  serverNonce: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const salt = new Uint8Array(clientNonce.length + serverNonce.length);
  salt.set(clientNonce, 0);
  salt.set(serverNonce, clientNonce.length);
  return derive(code, salt, `touchstone browser secret v1 ${browserId}`);
}

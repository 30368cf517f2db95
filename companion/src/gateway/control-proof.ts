import { newNonce, type Transcript } from '@touchstone/shared';

/** Where a client asks the private socket for its proof; on the port there is no such address. */
export const PROOF_PATH = '/api/proof';

/** Header with the client's nonce: 32 bytes, base64url. */
export const NONCE_HEADER = 'touchstone-nonce';

/** The key of the proof: the control token's own bytes. It never crosses a connection that is not proven. */
export function proofKey(controlToken: string): Uint8Array {
  return Buffer.from(controlToken, 'base64url');
}

/** What is proven: who holds the token serves this very socket, asked by this very client. */
export function controlTranscript(path: string, clientNonce: Uint8Array, serverNonce: Uint8Array): Transcript {
  return { purpose: 'control', audience: path, browserId: '', clientNonce, serverNonce };
}

/** @returns undefined unless it is a nonce: 32 bytes, base64url */
export function nonceOf(text: unknown): Uint8Array | undefined {
  if (typeof text !== 'string' || !/^[\w-]{43}$/.test(text)) return undefined;
  const nonce = Buffer.from(text, 'base64url');
  return nonce.byteLength === newNonce().byteLength ? nonce : undefined;
}

export const nonceText = (nonce: Uint8Array): string => Buffer.from(nonce).toString('base64url');

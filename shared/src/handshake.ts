import type { ProtocolRange } from './version.ts';

/**
 * Mutual proof of a shared secret over fresh nonces (HMAC-SHA-256, RFC 2104). The secret never crosses the wire; the
 * audience (host and port as the client sees them) is part of the transcript, so that a program on another port cannot
 * relay the proofs.
 */

const text = new TextEncoder();

export type Role = 'client' | 'server';
export type Purpose = 'hello' | 'pair' | 'join' | 'control';

export interface Transcript {
  readonly purpose: Purpose;
  /** `host:port` that the client connected to; for `control` the path of the socket. */
  readonly audience: string;
  /** Browser id for `hello`; empty for `control` and the client's `pair` and `join`, the new id for the server's. */
  readonly browserId: string;
  readonly clientNonce: Uint8Array;
  readonly serverNonce: Uint8Array;
  /**
   * Versions that each side said it speaks, so that nobody between can talk them into an older one. Absent in version 1 of
   * the protocol, whose proofs say nothing of them.
   */
  readonly versions?: { readonly client: ProtocolRange; readonly server: ProtocolRange } | undefined;
  /** Code of the error that a server's proof stands for; absent where it agrees. */
  readonly refusal?: string;
}

/** 32 random bytes. */
export function newNonce(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(32));
}

function versionParts({ versions, refusal = '' }: Transcript): Uint8Array[] {
  if (!versions) return [];
  const { client, server } = versions;
  return [`${client.min}-${client.max}`, `${server.min}-${server.max}`, refusal].map((part) => text.encode(part));
}

function transcriptBytes(role: Role, transcript: Transcript): Uint8Array<ArrayBuffer> {
  // Every part is length-prefixed, so that no two transcripts share an encoding.
  const parts = [
    text.encode(transcript.versions ? 'touchstone-handshake-v2' : 'touchstone-handshake-v1'),
    text.encode(role),
    text.encode(transcript.purpose),
    text.encode(transcript.audience),
    text.encode(transcript.browserId),
    transcript.clientNonce,
    transcript.serverNonce,
    ...versionParts(transcript),
  ];
  const bytes = new Uint8Array(parts.reduce((size, part) => size + 4 + part.length, 0));
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const part of parts) {
    view.setUint32(offset, part.length);
    bytes.set(part, offset + 4);
    offset += 4 + part.length;
  }
  return bytes;
}

async function hmacKey(secret: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', new Uint8Array(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ]);
}

/** Proof that the holder of `secret` plays `role` in this handshake. @returns 32 bytes */
export async function prove(secret: Uint8Array, role: Role, transcript: Transcript): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', await hmacKey(secret), transcriptBytes(role, transcript)));
}

/** Checks the other side's proof in constant time. */
export async function verifyProof(
  secret: Uint8Array,
  role: Role,
  transcript: Transcript,
  proof: Uint8Array,
): Promise<boolean> {
  return crypto.subtle.verify('HMAC', await hmacKey(secret), new Uint8Array(proof), transcriptBytes(role, transcript));
}

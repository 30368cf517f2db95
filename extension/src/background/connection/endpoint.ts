import { HELLO_DEADLINE_MS, keptSecretOf, prove, proveToKeeper, type Transcript } from '@touchstone/shared';
import { type Identity, isOfTeam } from '../pairing/identity-store.ts';

/** How long the other side may take for its part of a handshake on this computer. */
export const HANDSHAKE_MS = HELLO_DEADLINE_MS;

/** The same over a network, where names are looked up and certificates are checked first. */
export const TEAM_HANDSHAKE_MS = 3 * HELLO_DEADLINE_MS;

/** `host:port` as both proofs name it; the same for every spelling of the loopback address. */
export const audienceOf = (port: number): string => `127.0.0.1:${port}`;
export const streamAddress = (port: number): string => `ws://${audienceOf(port)}/v1/stream`;

/** The same for a team's server. @param address `https://host[:port]` */
export const teamAudienceOf = (address: string): string => new URL(address).host;
export const teamStreamAddress = (address: string): string => `wss://${teamAudienceOf(address)}/v1/stream`;

/** Where a browser says hello, and how both sides prove themselves there. */
export interface Endpoint {
  readonly url: string;
  readonly audience: string;
  readonly withinMs: number;
  /** Proof that this browser has the secret. */
  prove(transcript: Transcript): Promise<Uint8Array<ArrayBuffer>>;
  /** What the other side's proof is checked with. */
  readonly theirKey: () => Promise<Uint8Array>;
}

export function endpointOf(identity: Identity): Endpoint {
  const { secret } = identity;
  if (isOfTeam(identity)) {
    return {
      url: teamStreamAddress(identity.address),
      audience: teamAudienceOf(identity.address),
      withinMs: TEAM_HANDSHAKE_MS,
      prove: (transcript) => proveToKeeper(secret, transcript),
      theirKey: async () => (await keptSecretOf(secret)).server,
    };
  }
  return {
    url: streamAddress(identity.port),
    audience: audienceOf(identity.port),
    withinMs: HANDSHAKE_MS,
    prove: (transcript) => prove(secret, 'client', transcript),
    theirKey: async () => secret,
  };
}

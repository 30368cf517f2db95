import {
  type Challenge,
  HELLO_DEADLINE_MS,
  type Hello,
  negotiate,
  newNonce,
  PROTOCOL,
  prove,
  TouchstoneError,
  verifyProof,
  type Welcome,
} from '@touchstone/shared';
import type { Identity } from '../pairing/identity-store.ts';
import { browserAgent } from './agent.ts';
import type { Channel } from './channel.ts';

/** How long the other side may take for its part of a handshake. */
export const HANDSHAKE_MS = HELLO_DEADLINE_MS;

/** `host:port` as both proofs name it; the same for every spelling of the loopback address. */
export const audienceOf = (port: number): string => `127.0.0.1:${port}`;
export const streamAddress = (port: number): string => `ws://${audienceOf(port)}/v1/stream`;

/**
 * Reads the companion's first message.
 * @throws TouchstoneError which side must be updated; `companion-not-genuine` where it is no challenge
 */
export async function readChallenge(channel: Channel): Promise<Challenge> {
  const challenge = await receiveGenuine(channel);
  if (challenge.type !== 'challenge') throw new TouchstoneError('companion-not-genuine', challenge.type);
  const version = negotiate(challenge.protocol);
  if (!version.ok) throw new TouchstoneError(version.behind === 'ours' ? 'extension-too-old' : 'companion-too-old');
  return challenge;
}

/** The next message; an error is thrown with its code, and what cannot be read comes from another program. */
export async function receiveGenuine(channel: Channel) {
  const message = await channel.receive().catch((error: unknown) => {
    if (error instanceof TouchstoneError && error.code === 'bad-message')
      throw new TouchstoneError('companion-not-genuine', error.detail);
    throw error;
  });
  if (message.type === 'error') throw new TouchstoneError(message.error.code);
  return message;
}

/**
 * Proves to the companion that this browser is paired, and has it prove the same. Nothing of a person's crosses the
 * socket before this has returned.
 * @throws TouchstoneError `not-paired`, `companion-not-genuine` or which side to update
 */
export async function sayHello(channel: Channel, identity: Identity): Promise<Welcome> {
  const { serverNonce } = await readChallenge(channel);
  const clientNonce = newNonce();
  const transcript = {
    purpose: 'hello',
    audience: audienceOf(identity.port),
    browserId: identity.browserId,
    clientNonce,
    serverNonce,
  } as const;
  channel.send({
    type: 'hello',
    protocol: PROTOCOL,
    browserId: identity.browserId,
    agent: browserAgent(),
    clientNonce,
    proof: await prove(identity.secret, 'client', transcript),
  } satisfies Hello);
  const welcome = await receiveGenuine(channel);
  if (welcome.type !== 'welcome') throw new TouchstoneError('companion-not-genuine', welcome.type);
  if (!(await verifyProof(identity.secret, 'server', transcript, welcome.proof)))
    throw new TouchstoneError('companion-not-genuine', 'wrong proof');
  return welcome;
}

import {
  type Challenge,
  ERROR_CODES,
  EXTENSION_PROTOCOL,
  type Hello,
  isKnownCode,
  negotiate,
  newNonce,
  type Paired,
  type Refused,
  TouchstoneError,
  type Transcript,
  verifyProof,
  type Welcome,
} from '@touchstone/shared';
import { type Identity, isOfTeam } from '../pairing/identity-store.ts';
import { browserAgent } from './agent.ts';
import type { Channel } from './channel.ts';
import { endpointOf } from './endpoint.ts';

/**
 * Reads the companion's first message. Nothing in it is proven yet, so nothing follows from it: which versions it names is
 * part of what both sides prove next.
 * @throws TouchstoneError `companion-not-genuine` where it is no challenge; `companion-unreachable`
 */
export async function readChallenge(channel: Channel): Promise<Challenge> {
  const challenge = await channel.receive();
  if (challenge.type !== 'challenge') throw new TouchstoneError('companion-not-genuine', challenge.type);
  return challenge;
}

/**
 * Believes the other side once it has proved that it knows the key, be it to agree or to refuse: from then on its messages
 * may be of any size, and its reasons count.
 * @throws TouchstoneError what it refuses with; `companion-not-genuine` for everything that is not proven
 */
export async function believe(
  channel: Channel,
  key: Uint8Array,
  transcript: Transcript,
  answer: Welcome | Paired | Refused,
): Promise<void> {
  const refusal = answer.type === 'refused' ? { refusal: answer.error.code } : {};
  if (!(await verifyProof(key, 'server', { ...transcript, ...refusal }, answer.proof)))
    throw new TouchstoneError('companion-not-genuine', 'wrong proof');
  channel.trust();
  if (answer.type === 'refused') {
    // The proof covers the code alone: of a code that only a newer companion knows, the words are nobody's.
    const { code } = answer.error;
    throw isKnownCode(ERROR_CODES, code) ? new TouchstoneError(code) : new TouchstoneError('extension-too-old', code);
  }
}

/**
 * Proves to the companion that this browser is paired, and has it prove the same. Nothing of a person's crosses the
 * socket before this has returned.
 * @throws TouchstoneError `companion-not-genuine`; `not-paired` or which side to update where the companion proved it;
 * `team-not-let-in` where a team's server does not know the browser
 */
export async function sayHello(channel: Channel, identity: Identity): Promise<Welcome> {
  const { serverNonce, protocol } = await readChallenge(channel);
  const clientNonce = newNonce();
  const { audience, prove, theirKey } = endpointOf(identity);
  const transcript = {
    purpose: 'hello',
    audience,
    browserId: identity.browserId,
    clientNonce,
    serverNonce,
    versions: { client: EXTENSION_PROTOCOL, server: protocol },
  } as const;
  channel.send({
    type: 'hello',
    protocol: EXTENSION_PROTOCOL,
    browserId: identity.browserId,
    agent: browserAgent(),
    clientNonce,
    proof: await prove(transcript),
  } satisfies Hello);
  const answer = await channel.receive();
  // Whose word this is, the certificate tells; the secret stays all the same until the server has proved that it says so.
  if (isOfTeam(identity) && answer.type === 'error' && answer.error.code === 'not-paired')
    throw new TouchstoneError('team-not-let-in');
  if (answer.type !== 'welcome' && answer.type !== 'refused')
    throw new TouchstoneError('companion-not-genuine', answer.type === 'error' ? answer.error.code : answer.type);
  await believe(channel, await theirKey(), transcript, answer);
  const agreed = negotiate(protocol, EXTENSION_PROTOCOL);
  if (answer.type !== 'welcome' || !agreed.ok || answer.protocol !== agreed.version)
    throw new TouchstoneError('companion-not-genuine', 'another version than agreed');
  return answer;
}

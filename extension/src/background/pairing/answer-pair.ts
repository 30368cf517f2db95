import { TouchstoneError } from '@touchstone/shared';
import type { PairAnswer, Request } from '../../messaging/requests.ts';
import type { OpenSocket } from '../connection/channel.ts';
import type { Companion } from '../connection/companion.ts';
import { type IdentityStore, isOfTeam } from './identity-store.ts';
import { pairWith } from './pair.ts';

interface PairOptions {
  readonly companion: Companion;
  readonly identities: IdentityStore;
  readonly openSocket: OpenSocket;
}

/**
 * Pairs, unless that would end a pairing with another companion and the request does not say that this is meant. Any
 * local program can serve a page at `/pair`; one press there must not cut the browser off its companion, nor off a team's server.
 * @throws TouchstoneError `team-in-use`; as `pairWith`, and why the first hello failed
 */
export async function answerPair(
  { code, port, replace }: Extract<Request, { type: 'pair' }>,
  { companion, identities, openSocket }: PairOptions,
): Promise<PairAnswer> {
  if ((await identities.places()).machine === 'team') throw new TouchstoneError('team-in-use');
  const existing = await identities.read();
  // Whatever holds the port of a live session has proved that it is the paired companion; pairing anew changes nothing.
  const same =
    existing !== undefined && !isOfTeam(existing) && existing.port === port && companion.state.phase === 'connected';
  // What says "not paired" has proved that it knows the secret: that pairing has ended already.
  const revoked = companion.state.phase === 'not-paired';
  if (existing && !isOfTeam(existing) && !same && !revoked && !replace)
    return { outcome: 'would-replace', port: existing.port };
  await identities.write(await pairWith(port, code, openSocket));
  companion.reconnect(true);
  // The first hello is part of pairing: "paired" is said when it has worked.
  await companion.session();
  return { outcome: 'paired' };
}

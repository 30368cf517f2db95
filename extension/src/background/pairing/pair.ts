import {
  browserSecret,
  EXTENSION_PROTOCOL,
  newNonce,
  type Pair,
  pairingKey,
  parsePairingCode,
  prove,
  TouchstoneError,
} from '@touchstone/shared';
import { browserAgent } from '../connection/agent.ts';
import { type OpenSocket, openChannel } from '../connection/channel.ts';
import { audienceOf, HANDSHAKE_MS, streamAddress } from '../connection/endpoint.ts';
import { believe, readChallenge } from '../connection/hello.ts';
import type { ComputerIdentity } from './identity-store.ts';

/**
 * Pairs with the companion that knows the code.
 * @param code as typed or linked
 * @throws TouchstoneError `pairing-code-wrong`, `companion-unreachable`; `companion-not-genuine`
 * where the other side does not know the code itself
 */
export async function pairWith(port: number, code: string, openSocket: OpenSocket): Promise<ComputerIdentity> {
  const canonical = parsePairingCode(code);
  if (!canonical) throw new TouchstoneError('pairing-code-wrong', 'not a code');
  const channel = await openChannel(streamAddress(port), AbortSignal.timeout(HANDSHAKE_MS), openSocket);
  try {
    const { serverNonce, protocol } = await readChallenge(channel);
    const [key, clientNonce] = [await pairingKey(canonical), newNonce()];
    const versions = { client: EXTENSION_PROTOCOL, server: protocol };
    const transcript = { purpose: 'pair', audience: audienceOf(port), clientNonce, serverNonce, versions } as const;
    channel.send({
      type: 'pair',
      protocol: EXTENSION_PROTOCOL,
      agent: browserAgent(),
      clientNonce,
      proof: await prove(key, 'client', { ...transcript, browserId: '' }),
    } satisfies Pair);
    const paired = await channel.receive();
    // Whoever does not know the code cannot prove it. This says something of the code alone, nothing of a pairing.
    if (paired.type === 'error' && paired.error.code === 'pairing-code-wrong')
      throw new TouchstoneError('pairing-code-wrong');
    if (paired.type !== 'paired' && paired.type !== 'refused')
      throw new TouchstoneError('companion-not-genuine', paired.type === 'error' ? paired.error.code : paired.type);
    const browserId = paired.type === 'paired' ? paired.browserId : '';
    await believe(channel, key, { ...transcript, browserId }, paired);
    return { browserId, port, secret: await browserSecret(canonical, browserId, clientNonce, serverNonce) };
  } finally {
    channel.close();
  }
}

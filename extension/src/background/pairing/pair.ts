import {
  browserSecret,
  newNonce,
  type Pair,
  PROTOCOL,
  pairingKey,
  parsePairingCode,
  prove,
  TouchstoneError,
  verifyProof,
} from '@touchstone/shared';
import { browserAgent } from '../connection/agent.ts';
import { type OpenSocket, openChannel } from '../connection/channel.ts';
import { audienceOf, HANDSHAKE_MS, readChallenge, receiveGenuine, streamAddress } from '../connection/hello.ts';
import type { Identity } from './identity-store.ts';

/**
 * Pairs with the companion that knows the code.
 * @param code as typed or linked
 * @throws TouchstoneError `pairing-code-wrong`, `companion-unreachable`; `companion-not-genuine`
 * where the other side does not know the code itself
 */
export async function pairWith(port: number, code: string, openSocket: OpenSocket): Promise<Identity> {
  const canonical = parsePairingCode(code);
  if (!canonical) throw new TouchstoneError('pairing-code-wrong', 'not a code');
  const channel = await openChannel(streamAddress(port), AbortSignal.timeout(HANDSHAKE_MS), openSocket);
  try {
    const { serverNonce } = await readChallenge(channel);
    const [key, clientNonce] = [await pairingKey(canonical), newNonce()];
    const transcript = { purpose: 'pair', audience: audienceOf(port), clientNonce, serverNonce } as const;
    channel.send({
      type: 'pair',
      protocol: PROTOCOL,
      agent: browserAgent(),
      clientNonce,
      proof: await prove(key, 'client', { ...transcript, browserId: '' }),
    } satisfies Pair);
    const paired = await receiveGenuine(channel);
    if (paired.type !== 'paired') throw new TouchstoneError('companion-not-genuine', paired.type);
    const { browserId } = paired;
    if (!(await verifyProof(key, 'server', { ...transcript, browserId }, paired.proof)))
      throw new TouchstoneError('companion-not-genuine', 'wrong proof');
    return { browserId, port, secret: await browserSecret(canonical, browserId, clientNonce, serverNonce) };
  } finally {
    channel.close();
  }
}

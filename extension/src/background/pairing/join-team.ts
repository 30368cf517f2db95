import {
  browserSecret,
  EXTENSION_PROTOCOL,
  type Join,
  joinMaterial,
  newNonce,
  pairingKey,
  parsePairingCode,
  prove,
  TouchstoneError,
} from '@touchstone/shared';
import { browserAgent } from '../connection/agent.ts';
import { type OpenSocket, openChannel } from '../connection/channel.ts';
import { TEAM_HANDSHAKE_MS, teamAudienceOf, teamStreamAddress } from '../connection/endpoint.ts';
import { believe, readChallenge } from '../connection/hello.ts';
import { whyNotConnected } from '../connection/team-errors.ts';
import type { TeamIdentity } from './identity-store.ts';

/** What the page of a server gave for the verifier that this extension made. */
export interface Agreed {
  /** `https://host[:port]` */
  readonly address: string;
  readonly code: string;
  /** 32 bytes. */
  readonly verifier: Uint8Array<ArrayBuffer>;
}

/**
 * Comes in at a team's server as a browser of whoever agreed on its page.
 * @throws TouchstoneError `pairing-code-wrong`; `team-not-there` where the other side cannot prove that it gave the code;
 * `team-unreachable`, `team-certificate`, `team-no-stream`
 */
export async function joinTeam(agreed: Agreed, openSocket: OpenSocket): Promise<TeamIdentity> {
  try {
    return await join(agreed, openSocket);
  } catch (thrown) {
    const error = thrown instanceof TouchstoneError ? thrown : new TouchstoneError('internal', String(thrown));
    throw await whyNotConnected(error, agreed.address);
  }
}

async function join({ address, code, verifier }: Agreed, openSocket: OpenSocket): Promise<TeamIdentity> {
  const canonical = parsePairingCode(code);
  if (!canonical) throw new TouchstoneError('pairing-code-wrong', 'not a code');
  const material = joinMaterial(canonical, verifier);
  const channel = await openChannel(teamStreamAddress(address), AbortSignal.timeout(TEAM_HANDSHAKE_MS), openSocket);
  try {
    const { serverNonce, protocol } = await readChallenge(channel);
    const [key, clientNonce] = [await pairingKey(material), newNonce()];
    const versions = { client: EXTENSION_PROTOCOL, server: protocol };
    const audience = teamAudienceOf(address);
    const transcript = { purpose: 'join', audience, clientNonce, serverNonce, versions } as const;
    channel.send({
      type: 'join',
      protocol: EXTENSION_PROTOCOL,
      agent: browserAgent(),
      clientNonce,
      verifier,
      proof: await prove(key, 'client', { ...transcript, browserId: '' }),
    } satisfies Join);
    const answer = await channel.receive();
    if (answer.type === 'error' && answer.error.code === 'pairing-code-wrong')
      throw new TouchstoneError('pairing-code-wrong');
    if (answer.type !== 'paired' && answer.type !== 'refused')
      throw new TouchstoneError('companion-not-genuine', answer.type === 'error' ? answer.error.code : answer.type);
    const browserId = answer.type === 'paired' ? answer.browserId : '';
    await believe(channel, key, { ...transcript, browserId }, answer);
    return { browserId, address, secret: await browserSecret(material, browserId, clientNonce, serverNonce) };
  } finally {
    channel.close();
  }
}

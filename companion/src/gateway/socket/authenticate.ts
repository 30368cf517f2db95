import {
  CLIENT_WINDOW,
  CLIENT_WINDOW_BYTES,
  CLOSE_CODES,
  COMPANION_PROTOCOL,
  decodeMessage,
  FirstMessage,
  type Hello,
  type Join,
  negotiate,
  newNonce,
  type Pair,
  prove,
  RANGE_PROVEN_SINCE,
  TouchstoneError,
  type Transcript,
} from '@touchstone/shared';
import type { GatewayContext } from '../context.ts';
import { type Connection, closeCodeOf, closeSocket, refuse } from './connection.ts';
import { firstMessage, HelloDeadline } from './first-message.ts';
import type { KnownBrowser } from './socket-door.ts';

/** RFC 6455: the purpose of the connection is fulfilled. */
const NORMAL_CLOSURE = 1000;

function agreedVersion(message: FirstMessage): number {
  const negotiation = negotiate(message.protocol, COMPANION_PROTOCOL);
  if (negotiation.ok) return negotiation.version;
  throw new TouchstoneError(negotiation.behind === 'theirs' ? 'extension-too-old' : 'companion-too-old');
}

function transcriptOf(connection: Connection, message: FirstMessage, serverNonce: Uint8Array): Transcript {
  return {
    purpose: message.type,
    audience: connection.audience,
    browserId: message.type === 'hello' ? message.browserId : '',
    clientNonce: message.clientNonce,
    serverNonce,
    // An extension of version 1 makes the old proof and no other; newer ones make none of the old.
    versions:
      message.protocol.max < RANGE_PROVEN_SINCE ? undefined : { client: message.protocol, server: COMPANION_PROTOCOL },
  };
}

/** Runs a step that may refuse a client which knows the secret: it is told so with a proof, where it can read one. */
async function provably<Result>(
  connection: Connection,
  proveIt: (transcript: Transcript) => Promise<Uint8Array<ArrayBuffer>>,
  transcript: Transcript,
  step: () => Result,
): Promise<Result | undefined> {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof TouchstoneError) || !transcript.versions) throw error;
    const proof = await proveIt({ ...transcript, refusal: error.code });
    connection.outbox.send({ type: 'refused', error: error.toReport(), proof });
    void closeSocket(connection.socket, closeCodeOf(error));
    return undefined;
  }
}

/** Trades a code for a secret that both sides derive; the browser says hello on a new connection. */
async function pair(
  connection: Connection,
  context: GatewayContext,
  message: Pair | Join,
  transcript: Transcript,
): Promise<void> {
  const { id, key, keep } = await context.door.redeem(connection, message, transcript);
  const proveByKey = (given: Transcript) => prove(key, 'server', given);
  if ((await provably(connection, proveByKey, transcript, () => agreedVersion(message))) === undefined) return;
  const proof = await proveByKey({ ...transcript, browserId: id });
  await keep();
  context.logger.info({ browser: id, name: message.agent.name, origin: connection.origin }, 'browser paired');
  connection.outbox.send({ type: 'paired', browserId: id, proof });
  void closeSocket(connection.socket, NORMAL_CLOSURE);
}

async function hello(
  connection: Connection,
  { door, status }: GatewayContext,
  message: Hello,
  transcript: Transcript,
): Promise<KnownBrowser | undefined> {
  const browser = await door.find(message.browserId);
  if (!browser || browser.origin !== connection.origin) throw new TouchstoneError('not-paired');
  if (!(await browser.verify(transcript, message.proof))) throw new TouchstoneError('not-paired');
  const protocol = await provably(connection, browser.prove, transcript, () => agreedVersion(message));
  if (protocol === undefined) return undefined;
  connection.outbox.speak(protocol);
  const proof = await browser.prove(transcript);
  const now = await door.within(browser, async () => status());
  // The browser may have been revoked while the proofs were computed.
  if (!(await door.find(browser.id))) throw new TouchstoneError('not-paired');
  connection.outbox.send({
    type: 'welcome',
    protocol,
    proof,
    window: CLIENT_WINDOW,
    windowBytes: CLIENT_WINDOW_BYTES,
    status: now,
  });
  return browser;
}

async function handshake(
  connection: Connection,
  context: GatewayContext,
  until: AbortSignal,
): Promise<KnownBrowser | undefined> {
  const serverNonce = newNonce();
  const waiting = firstMessage(connection, until);
  connection.outbox.send({ type: 'challenge', protocol: COMPANION_PROTOCOL, version: context.version, serverNonce });
  const message = decodeMessage(FirstMessage, await waiting);
  const transcript = transcriptOf(connection, message, serverNonce);
  if (message.type === 'hello') return hello(connection, context, message, transcript);
  await pair(connection, context, message, transcript);
  return undefined;
}

/**
 * Challenges a new connection and checks its first message.
 * @returns the browser that proved itself; undefined when the connection is over (it paired, or it was refused)
 */
export async function authenticate(connection: Connection, context: GatewayContext): Promise<KnownBrowser | undefined> {
  const over = new AbortController();
  try {
    const browser = await handshake(connection, context, over.signal);
    return connection.socket.readyState === connection.socket.OPEN ? browser : undefined;
  } catch (error) {
    context.logger.warn({ err: error, origin: connection.origin }, 'connection refused');
    if (error instanceof HelloDeadline) void closeSocket(connection.socket, CLOSE_CODES.helloDeadline);
    else refuse(connection, error);
    return undefined;
  } finally {
    over.abort();
  }
}

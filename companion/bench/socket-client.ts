import { once } from 'node:events';
import {
  browserSecret,
  decodeMessage,
  EXTENSION_PROTOCOL,
  encodeMessage,
  type Lane,
  newNonce,
  pairingKey,
  prove,
  type ResultRecord,
  ServerMessage,
  TouchstoneError,
  type TrackUpdate,
} from '@touchstone/shared';
import { WebSocket } from 'ws';

const ORIGIN = `chrome-extension://${'a'.repeat(32)}`;
const agent = { name: 'Benchmark', version: '0' };

export interface SocketClient {
  /** Sends a picture and waits for its verdict. */
  check(bytes: Uint8Array, lane: Lane): Promise<ResultRecord>;
  /** Sends a message about a playing video and waits for its update. @param message without its id */
  track(message: object): Promise<TrackUpdate>;
  close(): void;
}

interface Channel {
  readonly socket: WebSocket;
  next(): Promise<ServerMessage>;
}

async function openChannel(port: number): Promise<Channel> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/stream`, { origin: ORIGIN });
  const received: ServerMessage[] = [];
  const waiting: ((message: ServerMessage) => void)[] = [];
  socket.on('message', (data: Buffer) => {
    const message = decodeMessage(ServerMessage, data);
    const waiter = waiting.shift();
    if (waiter) waiter(message);
    else received.push(message);
  });
  await once(socket, 'open');
  return {
    socket,
    next() {
      const message = received.shift();
      return message ? Promise.resolve(message) : new Promise((resolve) => waiting.push(resolve));
    },
  };
}

async function expectType<T extends ServerMessage['type']>(
  channel: Channel,
  type: T,
): Promise<Extract<ServerMessage, { type: T }>> {
  const message = await channel.next();
  if (message.type !== type) throw new Error(`${message.type} instead of ${type}`);
  return message as Extract<ServerMessage, { type: T }>;
}

/** Pairs as a new browser and says hello, as the extension does. */
export async function connectClient(port: number, code: string): Promise<SocketClient> {
  const audience = `127.0.0.1:${port}`;
  const pairing = await openChannel(port);
  const { serverNonce, protocol } = await expectType(pairing, 'challenge');
  const versions = { client: EXTENSION_PROTOCOL, server: protocol };
  const clientNonce = newNonce();
  const transcript = { purpose: 'pair', audience, browserId: '', clientNonce, serverNonce, versions } as const;
  const proof = await prove(await pairingKey(code), 'client', transcript);
  pairing.socket.send(encodeMessage({ type: 'pair', protocol: EXTENSION_PROTOCOL, agent, clientNonce, proof }));
  const { browserId } = await expectType(pairing, 'paired');
  const secret = await browserSecret(code, browserId, clientNonce, serverNonce);
  pairing.socket.close();
  return serve(await sayHello(port, audience, browserId, secret));
}

async function sayHello(port: number, audience: string, browserId: string, secret: Uint8Array): Promise<Channel> {
  const channel = await openChannel(port);
  const { serverNonce, protocol } = await expectType(channel, 'challenge');
  const versions = { client: EXTENSION_PROTOCOL, server: protocol };
  const clientNonce = newNonce();
  const proof = await prove(secret, 'client', {
    purpose: 'hello',
    audience,
    browserId,
    clientNonce,
    serverNonce,
    versions,
  });
  channel.socket.send(
    encodeMessage({ type: 'hello', protocol: EXTENSION_PROTOCOL, browserId, agent, clientNonce, proof }),
  );
  await expectType(channel, 'welcome');
  return channel;
}

function serve({ socket, next }: Channel): SocketClient {
  const open = new Map<number, { resolve: (answer: ServerMessage) => void; reject: (error: Error) => void }>();
  let id = 0;
  const ask = (message: object): Promise<ServerMessage> =>
    new Promise((resolve, reject) => {
      id++;
      open.set(id, { resolve, reject });
      socket.send(encodeMessage({ ...message, id }));
    });
  void (async () => {
    for (;;) {
      const message = await next();
      if (message.type !== 'result' && message.type !== 'track-update' && message.type !== 'error') continue;
      const waiting = open.get(message.id ?? 0);
      open.delete(message.id ?? 0);
      if (message.type === 'error') waiting?.reject(TouchstoneError.fromReport(message.error));
      else waiting?.resolve(message);
    }
  })();
  return {
    async check(bytes, lane) {
      const source = { kind: 'image', path: 'original-bytes', pageUrl: 'https://bench.test/', private: false };
      const answer = await ask({ type: 'capture', lane, source, bytes, fresh: true });
      if (answer.type !== 'result') throw new Error(`${answer.type} instead of result`);
      return answer.record;
    },
    async track(message) {
      const answer = await ask(message);
      if (answer.type !== 'track-update') throw new Error(`${answer.type} instead of track-update`);
      return answer;
    },
    close: () => socket.close(),
  };
}

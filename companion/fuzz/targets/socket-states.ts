import { encode } from '@msgpack/msgpack';
import {
  captureOf,
  challengeOf,
  connect,
  enter,
  helloFor,
  type Pairing,
  pairWith,
  type StreamClient,
} from '../../src/gateway/fixtures/stream-client.ts';
import { startFuzzCompanion } from '../fixtures/fuzz-companion.ts';
import type { FuzzTarget, SeededRandom } from '../fuzz-target.ts';
import { messagePack } from '../generators/message-pack.ts';
import { clientMessages, mutated } from '../generators/messages.ts';

/** Messages of one connection at most. */
const MOST_MESSAGES = 12;

interface Arena {
  readonly port: number;
  readonly hostile: Pairing;
  readonly honest: Pairing;
  end(): Promise<void>;
}

async function open(): Promise<Arena> {
  const { companion, end } = await startFuzzCompanion();
  const pair = () => pairWith(companion.port, companion.newPairing().code);
  return { port: companion.port, hostile: await pair(), honest: await pair(), end };
}

/** One message as it goes out: right, changed in a few bytes, of any shape, or text. */
function sendOne({ socket }: StreamClient, random: SeededRandom): void {
  if (socket.readyState !== socket.OPEN) return;
  const right = encode(random.pick(clientMessages(random)), { ignoreUndefined: true });
  const manner = random.int(8);
  if (manner === 0) socket.send(mutated(right, random));
  else if (manner === 1) socket.send(messagePack(random));
  else if (manner === 2) socket.send(right, { fin: random.int(2) === 0 });
  else if (manner === 3) socket.send('text');
  else if (manner === 4) socket.ping(random.bytes(random.int(100)));
  else socket.send(right);
}

/** A connection that gets as far in the handshake as chance has it, then says what it likes. */
async function misbehave({ port, hostile }: Arena, random: SeededRandom): Promise<StreamClient> {
  const client = await connect(port);
  if (random.int(4) > 0) {
    const hello = await helloFor(hostile, await challengeOf(client), `127.0.0.1:${port}`);
    const bytes = encode(hello);
    client.sendBytes(random.int(4) === 0 ? mutated(bytes, random) : bytes);
    // Half of them wait for the welcome; the others talk before it.
    if (random.int(2) === 0) await client.next('welcome').catch(() => undefined);
  }
  for (let left = random.int(MOST_MESSAGES); left > 0; left--) sendOne(client, random);
  return client;
}

async function serves({ port, honest }: Arena): Promise<void> {
  const client = await enter(port, honest);
  try {
    const message = captureOf(1);
    client.send({ ...message, source: { kind: 'image', path: 'original-bytes', private: true } });
    await client.next('result');
  } finally {
    client.socket.terminate();
    await client.closed;
  }
}

let arena: Promise<Arena> | undefined;

/** Rows of right and wrong messages on a few connections to a real companion, which must go on serving an honest browser. */
export const target: FuzzTarget = {
  name: 'socket-states',
  async run(random) {
    arena ??= open();
    const here = await arena;
    const clients: StreamClient[] = [];
    for (let left = 1 + random.int(3); left > 0; left--) clients.push(await misbehave(here, random));
    await serves(here);
    for (const client of clients) random.int(2) === 0 ? client.socket.close() : client.socket.terminate();
    await Promise.all(clients.map(({ closed }) => closed));
  },
  close: async () => (await arena)?.end(),
};

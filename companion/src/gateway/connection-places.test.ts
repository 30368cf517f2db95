import { connect, createServer, type Server, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { expect, it, onTestFinished } from 'vitest';
import { createConnectionPlaces } from './connection-places.ts';
import { SILENCE_MS } from './who-makes-way.ts';

async function listening(limit: number) {
  // Every connection comes when those before it have been silent for long.
  let time = 0;
  const places = createConnectionPlaces(limit, () => {
    time += SILENCE_MS;
    return time;
  });
  const accepted: Socket[] = [];
  const server: Server = createServer();
  places.watch(server);
  server.on('connection', (socket) => {
    socket.on('error', () => socket.destroy());
    socket.resume();
    accepted.push(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  onTestFinished(() => {
    server.close();
    for (const socket of accepted) socket.destroy();
  });

  /** Opens a connection; `said` is sent at once. */
  async function open(said = ''): Promise<Socket> {
    const count = accepted.length;
    const client = connect(port, '127.0.0.1');
    client.on('error', () => client.destroy());
    onTestFinished(() => void client.destroy());
    await expect.poll(() => accepted.length).toBe(count + 1);
    const socket = accepted[count];
    if (!socket) throw new Error('not accepted');
    if (said !== '') client.write(said);
    await expect.poll(() => socket.bytesRead).toBe(said.length);
    return socket;
  }
  return { places, open };
}

it('the oldest that has sent nothing makes way, then the oldest unproven', async () => {
  const { places, open } = await listening(3);
  const [spoke, silent, later] = [await open('GET'), await open(), await open()];
  const fourth = await open('GET');
  expect([spoke, silent, later, fourth].map((socket) => socket.destroyed)).toEqual([false, true, false, false]);
  const fifth = await open('GET');
  expect(later.destroyed).toBe(true);
  await open('GET');
  expect([spoke, fourth, fifth].map((socket) => socket.destroyed)).toEqual([true, false, false]);
  expect(places.size).toBe(3);
});

it('who has proven something is never pushed out; a newcomer is turned away', async () => {
  const { places, open } = await listening(2);
  const proven = [await open('GET'), await open('GET')];
  for (const socket of proven) places.prove(socket);
  const newcomer = await open();
  expect([...proven, newcomer].map((socket) => socket.destroyed)).toEqual([false, false, true]);
});

it('who has proven something through TLS, whose socket is another one with the same other end, keeps the place', async () => {
  const { places, open } = await listening(1);
  const socket = await open('GET');
  const { remoteAddress, remotePort } = socket;
  const wrapped = Object.assign(new PassThrough(), { remoteAddress, remotePort });
  places.prove(wrapped);
  expect([socket.destroyed, (await open()).destroyed]).toEqual([false, true]);
});

it('a place is given back with the end of its connection', async () => {
  const { places, open } = await listening(1);
  (await open('GET')).destroy();
  await expect.poll(() => places.size).toBe(0);
  expect((await open('GET')).destroyed).toBe(false);
});

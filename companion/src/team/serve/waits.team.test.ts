import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { captureOf, type StreamClient } from '../../gateway/fixtures/stream-client.ts';
import { type Desk, startDesk } from '../fixtures/start-desk.ts';
import { testDatabases } from '../fixtures/team-database.ts';

const databases = testDatabases({ fsync: 'off' });

/** One question, whoever asks it. */
const question = (id: number) => ({
  ...captureOf(id, Uint8Array.of(1, 2, 3)),
  source: { ...captureOf(1).source, url: 'https://cdn.example/same.jpg' },
});

const errorOf = async (client: StreamClient, id: number): Promise<string> =>
  (await client.next('error', (message) => message.id === id)).error.code;

const statesOf = async ({ team }: Desk): Promise<string[]> =>
  (await team.ledger.list({ limit: 10 })).map(({ state }) => state);

/** Two servers of one team, and one person's browser at each; the workers of both wait. */
async function twoServers() {
  const url = await databases.fresh();
  const near = await startDesk(url);
  const far = await startDesk(url, { place: near.place });
  for (const { worker } of [near, far]) worker.hold();
  const ann = await near.join('Ann', 'analyst');
  const pairings = [await ann.letIn(), await ann.letIn()] as const;
  const atNear = await ann.stream(pairings[0]);
  const atFar = await ann.stream(pairings[1], far.port);
  const release = () => {
    for (const { worker } of [near, far]) worker.release();
  };
  return { near, far, ann, atNear, atFar, release };
}

it('does not take a check from whoever waits for it at another server', { timeout: 300_000 }, async () => {
  const { near, atNear, atFar, release } = await twoServers();
  atNear.send(question(1));
  atFar.send(question(2));
  for (const client of [atNear, atFar]) await client.next('progress');
  await expect.poll(() => statesOf(near)).toEqual(['processing']);
  atNear.send({ type: 'cancel', id: 1 });
  expect(await errorOf(atNear, 1)).toBe('cancelled');
  expect(await statesOf(near)).toEqual(['processing']);
  release();
  expect((await atFar.next('result')).id).toBe(2);
});

it('ends a check once the last who waited has gone, whichever server that was at', { timeout: 300_000 }, async () => {
  const { near, far, atNear, atFar, release } = await twoServers();
  for (const [client, id] of [
    [atNear, 1],
    [atFar, 2],
    [atFar, 3],
  ] as const) {
    client.send(question(id));
    await client.next('progress', (message) => message.id === id);
  }
  for (const [client, id] of [
    [atNear, 1],
    [atFar, 3],
  ] as const) {
    client.send({ type: 'cancel', id });
    expect(await errorOf(client, id)).toBe('cancelled');
  }
  expect(await statesOf(far)).toEqual(['processing']);
  atFar.socket.terminate();
  await expect.poll(() => statesOf(near)).toEqual(['cancelled']);
  // Asked again it is done again, and those who went before keep nobody's place.
  atNear.send(question(4));
  await atNear.next('progress', ({ id }) => id === 4);
  await expect.poll(() => statesOf(near)).not.toEqual(['cancelled']);
  atNear.send({ type: 'cancel', id: 4 });
  expect(await errorOf(atNear, 4)).toBe('cancelled');
  await expect.poll(() => statesOf(near)).toEqual(['cancelled']);
  release();
});

it('ends it for all who go at the same moment, and for none who come then', { timeout: 300_000 }, async () => {
  const { near, atNear, atFar, release } = await twoServers();
  for (let round = 0; round < 5; round += 1) {
    const [first, second, third] = [100 * round + 1, 100 * round + 2, 100 * round + 3];
    atNear.send(question(first));
    atFar.send(question(second));
    await atNear.next('progress', ({ id }) => id === first);
    await atFar.next('progress', ({ id }) => id === second);
    atNear.send({ type: 'cancel', id: first });
    atFar.send({ type: 'cancel', id: second });
    atNear.send(question(third));
    expect([await errorOf(atNear, first), await errorOf(atFar, second)]).toEqual(['cancelled', 'cancelled']);
    await atNear.next('progress', ({ id }) => id === third);
    // Whoever came meanwhile still waits for something.
    await wait(50);
    expect(await statesOf(near)).not.toEqual(['cancelled']);
    atNear.send({ type: 'cancel', id: third });
    expect(await errorOf(atNear, third)).toBe('cancelled');
    await expect.poll(() => statesOf(near)).toEqual(['cancelled']);
  }
  release();
});

it('goes on with what was accepted to be done, whoever asks the same and goes', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  desk.worker.hold();
  const ann = await desk.join('Ann', 'analyst');
  const body = Buffer.from([1, 2, 3]);
  const accepted = await ann.program('/v1/checks', { method: 'POST', body, headers: { 'content-type': 'image/png' } });
  expect(accepted.status).toBe(202);
  const [job] = await desk.team.ledger.list({ limit: 1 });
  if (!job) throw new Error('nothing was accepted');
  const waiter = { id: '6ba7b810-9dad-41d1-80b4-00c04fd430c8' };
  expect((await desk.team.ledger.acceptWaited(job.work, waiter)).id).toBe(job.id);
  await desk.team.ledger.leave(job.id, waiter);
  expect(await statesOf(desk)).not.toEqual(['cancelled']);
  // The other way round: first waited for, then accepted.
  const other = { ...job.work, source: { ...job.work.source, fileName: 'other.png' } };
  const { id } = await desk.team.ledger.acceptWaited(other, waiter);
  await desk.team.ledger.accept([other]);
  await desk.team.ledger.leave(id, waiter);
  expect((await desk.team.ledger.get(id))?.state).not.toBe('cancelled');
  desk.worker.release();
  await expect.poll(() => statesOf(desk)).toEqual(['completed', 'completed']);
});

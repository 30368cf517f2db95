import { createHash } from 'node:crypto';
import { CLIENT_WINDOW, CLOSE_CODES, newNonce, newPairingCode, verifierHash } from '@touchstone/shared';
import { type LetInAnswer, teamApi } from '@touchstone/shared/api';
import { expect, it } from 'vitest';
import { SOCKET_ATTACKS } from '../../gateway/fixtures/socket-attacks.ts';
import {
  CHROMIUM_ORIGIN,
  captureOf,
  connect,
  enter,
  joinWith,
  pairWith,
  type StreamClient,
} from '../../gateway/fixtures/stream-client.ts';
import { DESK, OF_PROXY, type Somebody, startDesk } from '../fixtures/start-desk.ts';
import { testDatabases } from '../fixtures/team-database.ts';
import { SOCKETS_OF_ONE_PERSON } from './team-socket-door.ts';

const databases = testDatabases({ fsync: 'off' });

it('attack: everything that is tried against the stream of a companion', { timeout: 600_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const ann = await desk.join('Ann', 'analyst');
  const socket = {
    port: desk.port,
    headers: OF_PROXY,
    audience: DESK.host,
    foreignHosts: [
      'evil.example',
      `${DESK.host}:${desk.port}`,
      `${DESK.host}.`,
      'DESK.EXAMPLE',
      'localhost',
      '127.0.0.1',
    ],
    pair: (origin = CHROMIUM_ORIGIN) => ann.letIn({ origin }),
    judged: () => desk.worker.requests.length + desk.here.requests.length,
  };
  for (const [name, attack] of Object.entries(SOCKET_ATTACKS))
    await attack(socket).catch((cause: unknown) => {
      throw new Error(`${name}: ${cause}`, { cause });
    });
});

/** Somebody agrees to a verifier. */
async function agree(somebody: Somebody, verifier = newNonce()) {
  const body = JSON.stringify({ verifierHash: await verifierHash(verifier) });
  const answer = await somebody.page(teamApi.people.letIn.path, { method: 'POST', body });
  return { verifier, code: (answer.json() as LetInAnswer).code };
}

it('attack: come in without both halves of what lets a browser in', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const [ann, ben] = [await desk.join('Ann', 'analyst'), await desk.join('Ben', 'analyst')];
  const options = { headers: OF_PROXY };
  const outcome = (trying: Promise<unknown>): Promise<string> =>
    trying.then(
      () => 'in',
      ({ message }: Error) => message,
    );
  const join = (given: { code: string; verifier: Uint8Array }) => outcome(joinWith(desk.port, given, options));
  const agreed = await agree(ann);
  // With the code alone, as another extension that reads addresses has it, or with the verifier's hash.
  const hash = createHash('sha256').update(agreed.verifier).digest();
  for (const verifier of [newNonce(), new Uint8Array(hash), new Uint8Array(32)])
    expect(await join({ ...agreed, verifier })).toBe('pairing-code-wrong');
  expect(await outcome(pairWith(desk.port, agreed.code, options))).toBe('bad-message');
  // What was tried without the verifier cost its owner nothing; once is once, also side by side.
  const both = await Promise.all([join(agreed), join(agreed)]);
  expect(both.toSorted()).toEqual(['in', 'pairing-code-wrong']);
  expect(await join(agreed)).toBe('pairing-code-wrong');
  // With the verifier alone.
  const later = await agree(ann);
  expect(await join({ ...later, code: newPairingCode() })).toBe('pairing-code-wrong');
  // With the code that somebody else was given: nobody becomes a browser of the one who was not asked.
  const [hers, his] = [await agree(ann), await agree(ben)];
  expect(await join({ code: his.code, verifier: hers.verifier })).toBe('pairing-code-wrong');
  expect(await desk.people.browsers.list(ann.id)).toHaveLength(1);
  expect(await desk.people.browsers.list(ben.id)).toEqual([]);
});

it('attack: have a person agree, or the stream opened, from a page of another site', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const ann = await desk.join('Ann', 'analyst');
  const body = JSON.stringify({ verifierHash: 'a'.repeat(64) });
  for (const headers of [
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { origin: CHROMIUM_ORIGIN, 'sec-fetch-site': 'none' },
    { origin: undefined },
    { 'x-touchstone-csrf': undefined },
    { 'x-touchstone-csrf': 'guessed' },
    { 'content-type': 'text/plain' },
    { cookie: undefined },
  ]) {
    const { status } = await ann.page(teamApi.people.letIn.path, { method: 'POST', body, headers: headers as never });
    expect([headers, [400, 401, 415].includes(status)]).toEqual([headers, true]);
  }
  expect((await ann.program(teamApi.people.letIn.path, { method: 'POST', body })).status).toBe(401);
  expect((await desk.ask(teamApi.people.letIn.path, { method: 'POST', body })).status).toBe(401);
  // Her session opens no stream.
  const { cookie = '' } = ann.headers;
  await expect(connect(desk.port, { origin: DESK.origin, headers: { ...OF_PROXY, cookie } })).rejects.toThrow('403');
  // Nor does anything that did not come over TLS.
  for (const proto of [{}, { 'x-forwarded-proto': 'http' }, { 'x-forwarded-proto': 'https, http' }])
    await expect(connect(desk.port, { headers: { host: DESK.host, ...proto } })).rejects.toThrow('400');
});

it('attack: take the place of others with one person’s browsers', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const [ann, ben] = [await desk.join('Ann', 'analyst'), await desk.join('Ben', 'analyst')];
  const ofBen = await ben.stream();
  const streams: StreamClient[] = [];
  for (let count = 0; count <= SOCKETS_OF_ONE_PERSON; count += 1) streams.push(await ann.stream());
  // Her oldest went, and nobody else's.
  expect(await streams[0]?.closed).toBe(1001);
  desk.worker.hold();
  let id = 0;
  for (const stream of streams.slice(1, 5))
    for (let count = 0; count < CLIENT_WINDOW; count += 1) {
      id += 1;
      stream.send({ ...captureOf(id, Uint8Array.of(9, id)), lane: 'bulk' });
    }
  // Two windows of hers wait, the rest is told that it is too much.
  const refused = streams.slice(1, 5).map((stream) => stream.next('error'));
  expect((await Promise.any(refused)).error.code).toBe('busy');
  ofBen.send(captureOf(200));
  await expect.poll(() => desk.worker.requests.some(({ lane }) => lane === 'asked')).toBe(true);
  desk.worker.release();
  expect((await ofBen.next('result')).id).toBe(200);
  const { pending } = await desk.team.ledger.counts();
  expect(pending.bulk).toBeLessThanOrEqual(2 * CLIENT_WINDOW);
});

it('attack: ask in another’s name by a record’s id', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const [ann, ben] = [await desk.join('Ann', 'analyst'), await desk.join('Ben', 'analyst')];
  const [ofAnn, ofBen] = [await ann.stream(), await ben.stream()];
  ofAnn.send(captureOf(1));
  const { record } = await ofAnn.next('result');
  for (const recordId of [record.id, '01ARZ3NDEKTSV4RRFFQ69G5FAV']) {
    const [first, second] = [ofBen.received.length * 10 + 1, ofBen.received.length * 10 + 2];
    ofBen.send({ type: 'label', id: first, recordId, label: 'fake' });
    ofBen.send({ type: 'explain', id: second, recordId });
    const errorOf = async (asked: number) => (await ofBen.next('error', ({ id }) => id === asked)).error.code;
    expect([await errorOf(first), await errorOf(second)]).toEqual(['not-found', 'picture-not-kept']);
  }
  expect((await ann.page(`/api/history/records/${record.id}`)).json()).toMatchObject({ label: null });
});

it('attack: hold the stream after the server has ended it', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const ann = await desk.join('Ann', 'analyst');
  const pairing = await ann.letIn();
  const client = await enter(desk.port, pairing, { headers: OF_PROXY });
  expect((await ann.page(`/api/browsers/${pairing.browserId}`, { method: 'DELETE' })).status).toBe(204);
  client.send(captureOf(1));
  expect(await client.closed).toBe(CLOSE_CODES.notPaired);
  expect(client.received.some(({ type }) => type === 'result')).toBe(false);
  expect(desk.worker.requests).toEqual([]);
});

it('attack: come in with what the database keeps of a browser', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const ann = await desk.join('Ann', 'analyst');
  const pairing = await ann.letIn();
  const { stored, server } = (await desk.people.browsers.find(pairing.browserId))?.kept ?? {};
  for (const secret of [stored, server]) {
    expect(secret).toBeInstanceOf(Uint8Array);
    for (const isKept of [true, false]) {
      const trying = enter(desk.port, { ...pairing, isKept, secret: secret ?? newNonce() }, { headers: OF_PROXY });
      await expect(trying).rejects.toThrow(String(CLOSE_CODES.notPaired));
    }
  }
  await enter(desk.port, pairing, { headers: OF_PROXY });
});

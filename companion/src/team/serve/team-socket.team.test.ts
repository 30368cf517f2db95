import { CLIENT_WINDOW, CLOSE_CODES, TouchstoneError } from '@touchstone/shared';
import { api, teamApi } from '@touchstone/shared/api';
import { describe, expect, it } from 'vitest';
import { captureOf, enter, type Pairing, type StreamClient } from '../../gateway/fixtures/stream-client.ts';
import { jpeg, scriptedPipeline } from '../../live/fixtures/scripted-pipeline.ts';
import { DESK, type Desk, OF_PROXY, type Somebody, startDesk } from '../fixtures/start-desk.ts';
import { testDatabases } from '../fixtures/team-database.ts';

const databases = testDatabases({ fsync: 'off' });

const recordsOf = async (somebody: Somebody): Promise<readonly { id: string; source: { url?: string } }[]> => {
  const answer = await somebody.page('/api/history/query', { method: 'POST', body: '{}' });
  return (answer.json() as { records: { id: string; source: { url?: string } }[] }).records;
};
const browsersOf = async (somebody: Somebody) =>
  (await somebody.page(api.browsers.list.path)).json() as { id: string; connected: boolean }[];

/** A capture that only these two tell apart from another. */
const capture = (id: number, mark = id) => captureOf(id, Uint8Array.of(7, 7, mark & 255, mark >> 8));

async function start(options?: Parameters<typeof startDesk>[1]): Promise<Desk> {
  return startDesk(await databases.fresh(), options);
}

const errorOf = async (client: StreamClient, id: number): Promise<string> =>
  (await client.next('error', (message) => message.id === id)).error.code;

describe('a browser of a team', () => {
  it('is let in by its person, and its captures go to a worker and into the history of that person alone', async () => {
    const desk = await start();
    const [ann, ben] = [await desk.join('Ann', 'analyst'), await desk.join('Ben', 'analyst')];
    const [ofAnn, ofBen] = [await ann.stream(), await ben.stream()];
    ofAnn.send(capture(1));
    ofBen.send(capture(2));
    const { record } = await ofAnn.next('result');
    await ofBen.next('result');
    expect((await recordsOf(ann)).map(({ id }) => id)).toEqual([record.id]);
    expect((await recordsOf(ben)).map(({ source }) => source.url)).toEqual(['https://cdn.example/2.jpg']);
    expect(desk.worker.requests).toHaveLength(2);
    expect(desk.here.requests).toEqual([]);
    expect(ofAnn.received.some(({ type }) => type === 'progress')).toBe(true);
  });

  it('tells its person, and nobody else, how many results there are, and that it is there', async () => {
    const desk = await start();
    const [ann, ben] = [await desk.join('Ann', 'analyst'), await desk.join('Ben', 'reader')];
    const [ofAnn, ofBen] = [await ann.stream(), await ben.stream()];
    ofAnn.send(capture(1));
    await ofAnn.next('result');
    expect((await ofAnn.next('status', ({ status }) => status.records === 1)).status.records).toBe(1);
    ofBen.send({ type: 'status', id: 9 });
    expect((await ofBen.next('status', ({ id }) => id === 9)).status.records).toBe(0);
    expect(await browsersOf(ann)).toEqual([expect.objectContaining({ name: 'Test browser', connected: true })]);
    expect(await browsersOf(ben)).toHaveLength(1);
    expect((await ann.page(api.browsers.list.path)).text).not.toMatch(/secret|stored/);
  });

  it('asks before the bulk, whoever sent that', async () => {
    const desk = await start();
    desk.worker.hold();
    const [ann, ben] = [await desk.join('Ann', 'analyst'), await desk.join('Ben', 'analyst')];
    const [ofAnn, ofBen] = [await ann.stream(), await ben.stream()];
    for (let id = 1; id <= CLIENT_WINDOW; id += 1) ofAnn.send({ ...capture(id), lane: 'bulk' });
    await expect.poll(async () => (await desk.team.ledger.counts()).pending.bulk).toBeGreaterThan(0);
    ofBen.send(capture(99));
    await expect.poll(() => desk.worker.requests.some(({ lane }) => lane === 'asked')).toBe(true);
    desk.worker.release();
    await ofBen.next('result');
    await Promise.all([1, CLIENT_WINDOW].map((id) => ofAnn.next('result', (message) => message.id === id)));
  });

  it('takes a question back without taking it from another who asked the same', async () => {
    const desk = await start();
    desk.worker.hold();
    const ann = await desk.join('Ann', 'analyst');
    const client = await ann.stream();
    client.send({ ...capture(1), source: { ...capture(1).source, url: 'https://cdn.example/same.jpg' } });
    client.send({ ...capture(2, 1), source: { ...capture(1).source, url: 'https://cdn.example/same.jpg' } });
    await expect.poll(() => desk.worker.requests.length).toBe(1);
    client.send({ type: 'cancel', id: 1 });
    expect(await errorOf(client, 1)).toBe('cancelled');
    desk.worker.release();
    expect((await client.next('result')).id).toBe(2);
  });

  it('is led to the page of the server, at a record', async () => {
    const desk = await start();
    const reader = await desk.join('Ann', 'reader');
    const client = await reader.stream();
    client.send({ type: 'open-history', id: 1, recordId: 'A&B' });
    expect((await client.next('history-link')).url).toBe(`${DESK.origin}/?record=A%26B`);
  });

  it('of a reader looks and checks nothing, and hears so in words', async () => {
    const desk = await start();
    const reader = await desk.join('Ann', 'reader');
    const client = await reader.stream();
    const source = { kind: 'video', path: 'canvas', private: false };
    client.send(capture(1));
    client.send({ type: 'label', id: 2, recordId: 'x', label: 'fake' });
    client.send({ type: 'explain', id: 3, recordId: 'x' });
    client.send({ type: 'track-open', id: 4, track: 'a-track-of-it', source, duration: null, resume: [] });
    for (const id of [1, 2, 3, 4]) expect([id, await errorOf(client, id)]).toEqual([id, 'role-missing']);
    client.send({ type: 'settings', id: 5, patch: { recordingPaused: true } });
    expect(await errorOf(client, 5)).toBe('not-on-team-server');
    expect(desk.worker.requests).toEqual([]);
    expect((await desk.team.ledger.counts()).pending).toEqual({ asked: 0, bulk: 0 });
  });

  it('may what its person may at that moment', async () => {
    const desk = await start();
    const ann = await desk.join('Ann', 'analyst');
    const client = await ann.stream();
    await desk.people.people.change(ann.id, { role: 'reader' }, null);
    client.send(capture(1));
    expect(await errorOf(client, 1)).toBe('role-missing');
  });
});

describe('what may not lie in the queue', () => {
  const PRIVATE = { ...capture(1), source: { ...capture(1).source, private: true } };

  it('is judged by the models of the server where it has some, and leaves nothing behind', async () => {
    const desk = await start({ judgesHere: true });
    const ann = await desk.join('Ann', 'analyst');
    const client = await ann.stream();
    client.send(PRIVATE);
    expect((await client.next('result')).record.logged).toBe(false);
    client.send({ ...capture(2), lane: 'live' });
    await client.next('result', ({ id }) => id === 2);
    expect(desk.worker.requests).toEqual([]);
    expect(await desk.team.ledger.list({ limit: 10 })).toEqual([]);
    expect((await recordsOf(ann)).map(({ source }) => source.url)).toEqual(['https://cdn.example/2.jpg']);
  });

  it('is refused in words where it has none', async () => {
    const desk = await start();
    const ann = await desk.join('Ann', 'analyst');
    const client = await ann.stream();
    client.send(PRIVATE);
    expect(await errorOf(client, 1)).toBe('private-not-here');
    client.send({ ...capture(2), lane: 'live' });
    expect(await errorOf(client, 2)).toBe('live-not-here');
    const source = { kind: 'video', path: 'canvas', private: false };
    client.send({ type: 'track-open', id: 3, track: 'a-track-of-it', source, duration: null, resume: [] });
    expect(await errorOf(client, 3)).toBe('live-not-here');
    expect(desk.here.requests).toEqual([]);
    expect(await desk.team.ledger.list({ limit: 10 })).toEqual([]);
  });

  it('is every frame of a playing video: answered by the server, one record of its person, nothing queued', async () => {
    const bytes = await jpeg();
    const { judgeFrame } = await scriptedPipeline(() => ({ logit: 7 }));
    const desk = await start({ judgesHere: true, judgeFrame });
    const [ann, ben] = [await desk.join('Ann', 'analyst'), await desk.join('Ben', 'analyst')];
    const source = { kind: 'video', path: 'canvas', pageUrl: 'https://page.test/', private: false };
    const play = async (client: StreamClient, from: number): Promise<void> => {
      client.send({ type: 'track-open', id: from, track: 'a-track-of-it', source, duration: null, resume: [] });
      for (let frame = 1; frame <= 3; frame += 1) {
        client.send({
          type: 'track-frame',
          id: from + frame,
          track: 'a-track-of-it',
          mediaTime: frame,
          path: 'canvas',
          bytes,
        });
        await client.next('track-update', ({ id }) => id === from + frame);
      }
    };
    const [ofAnn, ofBen] = [await ann.stream(), await ben.stream()];
    await play(ofAnn, 10);
    ofAnn.send({ type: 'track-close', id: 20, track: 'a-track-of-it' });
    expect(await ofAnn.next('track-update', ({ id }) => id === 20)).toMatchObject({ framesAnalyzed: 3 });
    expect(await recordsOf(ann)).toHaveLength(1);
    expect(await desk.team.ledger.list({ limit: 10 })).toEqual([]);
    // One that is watched when its browser is sent away ends as a record of its own person.
    await play(ofBen, 10);
    const [browser] = await browsersOf(ben);
    await ben.page(`/api/browsers/${browser?.id}`, { method: 'DELETE' });
    await expect.poll(async () => (await recordsOf(ben)).length).toBe(1);
    expect(await recordsOf(ann)).toHaveLength(1);
  });
});

describe('a playing video', () => {
  it('is judged no further once its person may only look', async () => {
    const bytes = await jpeg();
    const { judgeFrame } = await scriptedPipeline(() => ({ logit: 7 }));
    const desk = await start({ judgesHere: true, judgeFrame });
    const ann = await desk.join('Ann', 'analyst');
    const client = await ann.stream();
    const source = { kind: 'video', path: 'canvas', private: false };
    const frame = (id: number) =>
      client.send({ type: 'track-frame', id, track: 'a-track-of-it', mediaTime: id, path: 'canvas', bytes });
    client.send({ type: 'track-open', id: 1, track: 'a-track-of-it', source, duration: null, resume: [] });
    frame(2);
    expect(await client.next('track-update', ({ id }) => id === 2)).toMatchObject({ framesAnalyzed: 1 });
    await desk.people.people.change(ann.id, { role: 'reader' }, null);
    frame(3);
    expect(await errorOf(client, 3)).toBe('role-missing');
    client.send({ type: 'track-close', id: 4, track: 'a-track-of-it' });
    expect(await client.next('track-update', ({ id }) => id === 4)).toMatchObject({ framesAnalyzed: 1 });
  });
});

describe('letting a browser go', () => {
  async function paired(role: 'analyst' | 'admin' = 'analyst') {
    const desk = await start();
    const ann = await desk.join('Ann', role);
    const pairing = await ann.letIn();
    return { desk, ann, pairing, client: await ann.stream(pairing) };
  }
  const enters = (desk: Desk, pairing: Pairing): Promise<string> =>
    enter(desk.port, pairing, { headers: OF_PROXY }).then(
      () => 'in',
      (error: Error) => error.message,
    );

  it('ends its stream and its key at once, is written down, and is nobody else’s to do', async () => {
    const { desk, ann, pairing, client } = await paired();
    const ben = await desk.join('Ben', 'admin');
    const path = `/api/browsers/${pairing.browserId}`;
    expect((await ben.page(path, { method: 'DELETE' })).status).toBe(404);
    client.send({ type: 'ping', id: 1 });
    await client.next('pong');
    expect((await ann.page(path, { method: 'DELETE' })).status).toBe(204);
    expect(await client.closed).toBe(CLOSE_CODES.notPaired);
    expect(await enters(desk, pairing)).toContain(String(CLOSE_CODES.notPaired));
    const deeds = (await desk.people.audit.list(10)).map(({ person, action, target }) => [person, action, target]);
    expect(deeds).toContainEqual([ann.id, 'browser-let-in', pairing.browserId]);
    expect(deeds).toContainEqual([ann.id, 'browser-revoked', pairing.browserId]);
  });

  it('comes with keeping its person out, also where another server did that, and does not end with letting them in again', async () => {
    const { desk, ann, pairing, client } = await paired();
    await desk.people.people.change(ann.id, { disabled: true }, null);
    client.send(capture(1));
    expect(await errorOf(client, 1)).toBe('not-paired');
    expect(await client.closed).toBe(CLOSE_CODES.notPaired);
    await desk.people.people.change(ann.id, { disabled: false }, null);
    expect(await enters(desk, pairing)).toContain(String(CLOSE_CODES.notPaired));
  });

  it('agrees to a verifier once', async () => {
    const { ann } = await paired();
    const body = JSON.stringify({ verifierHash: 'a'.repeat(64) });
    expect((await ann.page(teamApi.people.letIn.path, { method: 'POST', body })).status).toBe(200);
    const again = await ann.page(teamApi.people.letIn.path, { method: 'POST', body });
    expect([again.status, (again.json() as { code: string }).code]).toEqual([
      403,
      new TouchstoneError('sign-in-failed').code,
    ]);
  });
});

import { CLIENT_WINDOW, MAX_OPEN_TRACKS, type ResultRecord } from '@touchstone/shared';
import { expect, it } from 'vitest';
import type { JudgedFrame } from '../../analysis/frame-judge.ts';
import { captureOf, type StreamClient } from '../../gateway/fixtures/stream-client.ts';
import { jpeg, scriptedPipeline } from '../../live/fixtures/scripted-pipeline.ts';
import { type Somebody, startDesk } from '../fixtures/start-desk.ts';
import { testDatabases } from '../fixtures/team-database.ts';

const databases = testDatabases({ fsync: 'off' });

const VIDEO = { kind: 'video', path: 'canvas', pageUrl: 'https://page.test/', private: false };

const open = (client: StreamClient, id: number, track = `track-number-${id}`) =>
  client.send({ type: 'track-open', id, track, source: VIDEO, duration: null, resume: [] });

/** What an id was answered with: the code of an error, or the type of the answer. */
async function answerTo(client: StreamClient, id: number, type: 'track-update' | 'explanation'): Promise<string> {
  return Promise.race([
    client.next(type, (message) => message.id === id).then(() => type),
    client.next('error', (message) => message.id === id).then(({ error }) => error.code),
  ]);
}

async function checked(client: StreamClient, id: number): Promise<ResultRecord> {
  client.send(captureOf(id, Uint8Array.of(5, id)));
  return (await client.next('result', (result) => result.id === id)).record;
}

it('keeps one person’s playing videos within a share, however many browsers play them', {
  timeout: 300_000,
}, async () => {
  const desk = await startDesk(await databases.fresh(), { judgesHere: true });
  const [ann, ben] = [await desk.join('Ann', 'analyst'), await desk.join('Ben', 'analyst')];
  const [first, second, ofBen] = [await ann.stream(), await ann.stream(), await ben.stream()];
  for (let id = 1; id <= MAX_OPEN_TRACKS; id += 1) {
    open(id % 2 === 0 ? first : second, id);
    expect(await answerTo(id % 2 === 0 ? first : second, id, 'track-update')).toBe('track-update');
  }
  open(first, 100);
  expect(await answerTo(first, 100, 'track-update')).toBe('too-many-videos');
  open(ofBen, 100);
  expect(await answerTo(ofBen, 100, 'track-update')).toBe('track-update');
  // One that ends makes room, and so does a browser that goes.
  first.send({ type: 'track-close', id: 101, track: 'track-number-2' });
  expect(await answerTo(first, 101, 'track-update')).toBe('track-update');
  open(first, 102);
  expect(await answerTo(first, 102, 'track-update')).toBe('track-update');
  second.socket.terminate();
  await expect
    .poll(async () => {
      open(first, 103 + first.received.length);
      return answerTo(first, 103 + first.received.length, 'track-update');
    })
    .toBe('track-update');
});

it('keeps one person’s frames within a share, and lets others have theirs', { timeout: 300_000 }, async () => {
  const bytes = await jpeg();
  const { judgeFrame: judge } = await scriptedPipeline(() => ({ logit: 7 }));
  const waiting: (() => void)[] = [];
  const clients: string[] = [];
  let isHeld = true;
  const judgeFrame = async (...[frame, request]: Parameters<typeof judge>): Promise<JudgedFrame> => {
    clients.push(request.client ?? '');
    if (isHeld && request.lane === 'live') await new Promise<void>((resolve) => waiting.push(resolve));
    return judge(frame, request);
  };
  const desk = await startDesk(await databases.fresh(), { judgesHere: true, judgeFrame });
  const [ann, ben] = [await desk.join('Ann', 'analyst'), await desk.join('Ben', 'analyst')];
  const streams = [await ann.stream(), await ann.stream()];
  const play = async (client: StreamClient, from: number, tracks: number): Promise<void> => {
    for (let track = 0; track < tracks; track += 1) {
      open(client, from + track, `track-${from}-${track}`);
      await answerTo(client, from + track, 'track-update');
      for (const frame of [0, 1])
        client.send({
          type: 'track-frame',
          id: from + 100 + 2 * track + frame,
          track: `track-${from}-${track}`,
          mediaTime: frame,
          path: 'canvas',
          bytes,
        });
    }
  };
  for (const [at, client] of streams.entries()) await play(client, 1 + at, MAX_OPEN_TRACKS / 2);
  await expect.poll(() => waiting.length).toBe(2 * MAX_OPEN_TRACKS);
  const ofBen = await ben.stream();
  await play(ofBen, 1, 1);
  await expect.poll(() => waiting.length).toBe(2 * MAX_OPEN_TRACKS + 2);
  // All browsers of one person take their turn together.
  expect(new Set(clients)).toEqual(new Set([`person:${ann.id}`, `person:${ben.id}`]));
  isHeld = false;
  for (const go of waiting) go();
  expect(await answerTo(ofBen, 101, 'track-update')).toBe('track-update');
});

it('keeps one person’s heat maps within a share, from pages and browsers together', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh(), { judgesHere: true });
  const [ann, ben] = [await desk.join('Ann', 'analyst'), await desk.join('Ben', 'analyst')];
  const [first, second, ofBen] = [await ann.stream(), await ann.stream(), await ben.stream()];
  const [hers, his] = [await checked(first, 1), await checked(ofBen, 1)];
  desk.here.hold();
  for (const [at, client] of [first, second].entries())
    for (let id = 1; id <= CLIENT_WINDOW; id += 1)
      client.send({ type: 'explain', id: 100 * (at + 1) + id, recordId: hers.id });
  await expect.poll(() => desk.here.explained.length).toBe(2 * CLIENT_WINDOW);
  const explain = (somebody: Somebody, id: string) =>
    somebody.page(`/api/history/records/${id}/explain`, { method: 'POST', body: '{}' });
  const refused = await explain(ann, hers.id);
  expect([refused.status, refused.json()]).toEqual([503, expect.objectContaining({ code: 'busy' })]);
  ofBen.send({ type: 'explain', id: 2, recordId: his.id });
  await expect.poll(() => desk.here.explained.length).toBe(2 * CLIENT_WINDOW + 1);
  expect(new Set(desk.here.explained.map(({ client }) => client))).toEqual(
    new Set([`person:${ann.id}`, `person:${ben.id}`]),
  );
  desk.here.release();
  expect(await answerTo(ofBen, 2, 'explanation')).toBe('explanation');
  expect((await explain(ann, hers.id)).status).toBe(200);
});

it('keeps one person’s checks that are waited for from taking all places', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const [ann, ben] = [await desk.join('Ann', 'analyst'), await desk.join('Ben', 'analyst')];
  desk.worker.hold();
  const asked = (somebody: Somebody, body: string) =>
    somebody.page('/api/check', { method: 'POST', body, headers: { 'content-type': 'image/png' } });
  const hers = Array.from({ length: 20 }, (_, at) => asked(ann, `picture ${at}`));
  await expect.poll(async () => (await desk.team.ledger.list({ limit: 100 })).length).toBe(8);
  const his = asked(ben, 'picture');
  await expect.poll(async () => (await desk.team.ledger.list({ limit: 100, owner: ben.id })).length).toBe(1);
  desk.worker.release();
  expect((await his).status).toBe(200);
  const statuses = (await Promise.all(hers)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(8);
  expect(statuses.filter((status) => status === 503)).toHaveLength(12);
});

it('gives one person one turn in the queue, however many tokens they have', { timeout: 300_000 }, async () => {
  const desk = await startDesk(await databases.fresh());
  const [ann, ben] = [await desk.join('Ann', 'analyst'), await desk.join('Ben', 'analyst')];
  desk.worker.hold();
  const post = (token: string, body: string) =>
    desk.ask('/v1/checks', {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'image/png' },
    });
  for (let at = 0; at < 12; at += 1) {
    const { token } = await desk.people.tokens.create(ann.id, { name: `of ${at}`, scopes: ['check'], days: 1 });
    expect((await post(token, `hers ${at}`)).status).toBe(202);
  }
  await ben.program('/v1/checks', { method: 'POST', body: 'his', headers: { 'content-type': 'image/png' } });
  const jobs = await desk.team.ledger.list({ limit: 100 });
  expect(new Set(jobs.map(({ work }) => work.client))).toEqual(new Set([`person:${ann.id}`, `person:${ben.id}`]));
  desk.worker.release();
});

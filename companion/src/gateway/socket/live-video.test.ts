import { CLOSE_CODES } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { jpeg, scriptedPipeline } from '../../live/fixtures/scripted-pipeline.ts';
import { enter, pairWith } from '../fixtures/stream-client.ts';
import { startTestCompanion } from '../fixtures/test-companion.ts';

const bytes = await jpeg();

type Client = Awaited<ReturnType<typeof enter>>;

async function connected() {
  const test = await startTestCompanion();
  const scripted = await scriptedPipeline(() => ({ logit: 7 }));
  test.pipeline.judgeFrame = scripted.judgeFrame;
  const pairing = await pairWith(test.companion.port, test.companion.newPairing().code);
  const enterAgain = async () => speaking(await enter(test.companion.port, pairing));
  return { ...test, enterAgain, ...(await enterAgain()) };
}

function speaking(client: Client) {
  const source = { kind: 'video', path: 'canvas', pageUrl: 'https://page.test/', private: false };
  const open = (id: number, track = 'a-track-of-it') =>
    client.send({ type: 'track-open', id, track, source, duration: null, resume: [] });
  const frame = (id: number, mediaTime: number, track = 'a-track-of-it') =>
    client.send({ type: 'track-frame', id, track, mediaTime, path: 'canvas', bytes });
  return { client, open, frame };
}

describe('a playing video over the socket', () => {
  it('is answered frame by frame, and its record is in the history', async () => {
    const { client, open, frame, companion, control } = await connected();
    open(1);
    expect(await client.next('track-update')).toMatchObject({ id: 1, framesAnalyzed: 0 });
    for (let i = 0; i < 7; i++) {
      frame(2 + i, i / 2);
      await client.next('track-update', ({ id }) => id === 2 + i);
    }
    client.send({ type: 'track-close', id: 20, track: 'a-track-of-it' });
    const last = await client.next('track-update', ({ id }) => id === 20);
    expect(last).toMatchObject({
      framesAnalyzed: 7,
      verdict: { value: 'fake' },
      record: { source: { kind: 'video' } },
    });
    expect(companion.status().records).toBe(1);
    const found = await control(`/api/history/records/${last.record?.id}`);
    expect(found.json()).toMatchObject({ timeline: { framesAnalyzed: 7 } });
  });

  it('goes on when its browser comes back, as one record', async () => {
    const { client, open, frame, companion, enterAgain } = await connected();
    open(1);
    frame(2, 0);
    await client.next('track-update', ({ id }) => id === 2);
    client.socket.terminate();
    const again = await enterAgain();
    again.open(3);
    expect(await again.client.next('track-update')).toMatchObject({ id: 3, framesAnalyzed: 1 });
    again.frame(4, 1);
    expect(await again.client.next('track-update', ({ id }) => id === 4)).toMatchObject({ framesAnalyzed: 2 });
    again.client.send({ type: 'track-close', id: 5, track: 'a-track-of-it' });
    await again.client.next('track-update', ({ id }) => id === 5);
    expect(companion.status().records).toBe(1);
  });

  it('has its record when the browser goes without a word, and the companion stops after that', async () => {
    const { client, open, frame, companion, home } = await connected();
    open(1);
    frame(2, 0);
    await client.next('track-update', ({ id }) => id === 2);
    client.socket.terminate();
    await companion.stop();
    const again = await startTestCompanion({ home });
    expect(again.companion.status().records).toBe(1);
  });

  it('has its record when the companion stops', async () => {
    const { client, open, frame, companion, home } = await connected();
    open(1);
    frame(2, 0);
    await client.next('track-update', ({ id }) => id === 2);
    await companion.stop();
    const again = await startTestCompanion({ home });
    expect(again.companion.status().records).toBe(1);
  });

  it('that was never opened is refused, and the connection stays', async () => {
    const { client, frame, open } = await connected();
    frame(1, 0, 'never-opened-it');
    expect(await client.next('error')).toMatchObject({ id: 1, error: { code: 'track-unknown' } });
    open(2);
    expect(await client.next('track-update')).toMatchObject({ id: 2 });
  });

  it('with a time that is no number closes the connection', async () => {
    const { client, frame, open } = await connected();
    open(1);
    frame(2, Number.NaN);
    expect(await client.closed).toBe(CLOSE_CODES.badMessage);
  });
});

import { CLIENT_WINDOW, CLOSE_CODES, encodeMessage, MAX_CAPTURE_BYTES } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { captureOf, enter, pairWith } from '../fixtures/stream-client.ts';
import { startTestCompanion } from '../fixtures/test-companion.ts';
import { MAX_CONNECTIONS_PER_BROWSER } from './connections.ts';

async function start() {
  const test = await startTestCompanion();
  const { port } = test.companion;
  const pairing = await pairWith(port, test.companion.newPairing().code);
  return { ...test, port, pairing, client: await enter(port, pairing) };
}

describe('captures', () => {
  it('are answered with progress and a record that is in the log', async () => {
    const { client, control } = await start();
    client.send(captureOf(1));
    expect((await client.next('progress')).stage).toBe('queued');
    const { record } = await client.next('result');
    expect((await control(`/api/history/records/${record.id}`)).json()).toEqual(record);
  });

  it('arrive byte for byte, up to several megabytes', async () => {
    const { client, pipeline } = await start();
    const bytes = Uint8Array.from({ length: 5_000_000 }, (_, index) => (index * 7919) & 255);
    client.send(captureOf(1, bytes));
    await client.next('result');
    expect(Buffer.compare(pipeline.requests[0]?.bytes ?? new Uint8Array(0), bytes)).toBe(0);
  });

  it('fail with an error that says what to do, and the connection stays', async () => {
    const { client } = await start();
    client.send(captureOf(1, new Uint8Array(0)));
    expect((await client.next('error')).error).toMatchObject({ code: 'empty-file', retryable: false });
    client.send(captureOf(2));
    expect((await client.next('result')).id).toBe(2);
  });

  it('are cancelled on demand', async () => {
    const { client, pipeline } = await start();
    pipeline.hold();
    client.send(captureOf(1));
    await client.next('progress');
    client.send({ type: 'cancel', id: 1 });
    expect((await client.next('error')).error.code).toBe('cancelled');
    expect(pipeline.requests[0]?.signal?.aborted).toBe(true);
  });

  it('are cancelled when the browser goes away', async () => {
    const { client, pipeline } = await start();
    pipeline.hold();
    client.send(captureOf(1));
    await client.next('progress');
    client.socket.terminate();
    await expect.poll(() => pipeline.requests[0]?.signal?.aborted).toBe(true);
  });

  it('beyond the window are refused and end the connection', async () => {
    const { client, pipeline } = await start();
    pipeline.hold();
    for (let id = 1; id <= CLIENT_WINDOW + 1; id += 1) client.send(captureOf(id));
    const refused = await client.next('error', (message) => message.error.code === 'window-exceeded');
    expect(refused.id).toBe(CLIENT_WINDOW + 1);
    expect(await client.closed).toBe(CLOSE_CODES.window);
    expect(pipeline.requests).toHaveLength(CLIENT_WINDOW);
  });

  it('free their place in the window when answered', async () => {
    const { client } = await start();
    for (let id = 1; id <= CLIENT_WINDOW * 3; id += 1) {
      client.send(captureOf(id));
      await client.next('result', (message) => message.id === id);
    }
  });

  it('may not reuse an id that waits for its answer', async () => {
    const { client, pipeline } = await start();
    pipeline.hold();
    client.send(captureOf(1));
    client.send(captureOf(1));
    expect(await client.closed).toBe(CLOSE_CODES.badMessage);
    expect(pipeline.requests).toHaveLength(1);
  });

  it('from a private window are passed on as such', async () => {
    const { client, pipeline } = await start();
    client.send({ ...captureOf(1), source: { kind: 'image', path: 'canvas', private: true } });
    expect((await client.next('result')).record.logged).toBe(false);
    expect(pipeline.requests[0]?.source.private).toBe(true);
  });
});

describe('malformed messages of a paired browser', () => {
  it.each([
    ['noise', Uint8Array.of(0xc1, 1, 2)],
    ['no type', encodeMessage({ id: 1 })],
    ['a capture without bytes', encodeMessage({ ...captureOf(1), bytes: 'text' })],
    ['an id that is no number', encodeMessage({ ...captureOf(1), id: 'x' })],
    ['a text frame', '{"type":"ping","id":1}'],
  ])('close the connection: %s', async (_, bytes) => {
    const { client, pipeline } = await start();
    client.sendBytes(bytes);
    expect((await client.next('error')).error.code).toBe('bad-message');
    expect(await client.closed).toBe(CLOSE_CODES.badMessage);
    expect(pipeline.requests).toEqual([]);
  });

  it('close the connection: one byte more than a picture may have', async () => {
    const { client, pipeline } = await start();
    client.send(captureOf(1, new Uint8Array(MAX_CAPTURE_BYTES + 1)));
    expect([CLOSE_CODES.badMessage, 1009]).toContain(await client.closed);
    expect(pipeline.requests).toEqual([]);
  });
});

describe('requests beside captures', () => {
  it('answer ping, status and labels', async () => {
    const { client, companion } = await start();
    client.send({ type: 'ping', id: 1 });
    expect((await client.next('pong')).id).toBe(1);
    client.send({ type: 'status', id: 2 });
    expect((await client.next('status', ({ id }) => id === 2)).status).toMatchObject({
      port: companion.port,
      records: 0,
    });
    client.send(captureOf(3));
    const { record } = await client.next('result');
    client.send({ type: 'label', id: 4, recordId: record.id, label: 'real' });
    expect((await client.next('labelled')).id).toBe(4);
    client.send({ type: 'label', id: 5, recordId: 'nothing', label: 'real' });
    expect((await client.next('error', ({ id }) => id === 5)).error.code).toBe('not-found');
  });

  it('hand out a link to one record that opens a session once', async () => {
    const { client, companion, request } = await start();
    client.send({ type: 'open-history', id: 1, recordId: '01ABC&x=1' });
    const { url } = await client.next('history-link');
    expect(url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${companion.port}/open#[\\w-]{43}&record=01ABC%26x%3D1$`));
    const [token = ''] = new URL(url).hash.slice(1).split('&');
    const trade = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) };
    expect((await request('/api/session', trade)).status).toBe(200);
    expect((await request('/api/session', trade)).status).toBe(401);
  });

  it('pause recording, and every other browser hears of it', async () => {
    const { client, port, companion } = await start();
    const other = await enter(port, await pairWith(port, companion.newPairing().code));
    client.send({ type: 'settings', id: 1, patch: { recordingPaused: true } });
    expect((await client.next('status', ({ id }) => id === 1)).status.recordingPaused).toBe(true);
    await other.next('status', ({ status }) => status.recordingPaused);
  });
});

describe('connections', () => {
  it('of a revoked browser end at once, and it cannot come back', async () => {
    const { client, control, pairing, port, pipeline } = await start();
    pipeline.hold();
    client.send(captureOf(1));
    await client.next('progress');
    expect((await control(`/api/browsers/${pairing.browserId}`, { method: 'DELETE' })).status).toBe(204);
    expect(await client.closed).toBe(CLOSE_CODES.notPaired);
    expect(pipeline.requests[0]?.signal?.aborted).toBe(true);
    await expect(enter(port, pairing)).rejects.toThrow(String(CLOSE_CODES.notPaired));
    expect((await control('/api/browsers')).json()).toEqual([]);
  });

  it('of one browser are few: the oldest makes room', async () => {
    const { client, pairing, port } = await start();
    for (let count = 1; count < MAX_CONNECTIONS_PER_BROWSER + 1; count += 1) await enter(port, pairing);
    expect(await client.closed).toBe(1001);
  });

  it('are kept until accepted captures are answered when the companion stops', async () => {
    const { client, companion, pipeline } = await start();
    pipeline.hold();
    client.send(captureOf(1));
    await client.next('progress');
    const stopped = companion.stop();
    client.send(captureOf(2));
    expect((await client.next('error', ({ id }) => id === 2)).error.code).toBe('shutting-down');
    pipeline.release();
    expect((await client.next('result')).id).toBe(1);
    expect(await client.closed).toBe(CLOSE_CODES.shuttingDown);
    await stopped;
  });

  it('that do not read are not read from', async () => {
    const { client } = await start();
    client.socket.pause();
    // Padded, so that the requests themselves do not fit into the system's buffers.
    const ask = encodeMessage({ type: 'status', id: 1, padding: 'x'.repeat(2000) });
    const quarterSecond = () => new Promise((resolve) => setTimeout(resolve, 250));
    // What the companion does not take in piles up here, at the sender, and stays.
    let stuck = false;
    for (let round = 0; round < 60 && !stuck; round += 1) {
      for (let count = 0; client.socket.bufferedAmount < 1024 * 1024 && count < 2_000; count += 1)
        client.socket.send(ask);
      const before = client.socket.bufferedAmount;
      await quarterSecond();
      await quarterSecond();
      stuck = before > 0 && client.socket.bufferedAmount === before;
    }
    expect(stuck).toBe(true);
    client.socket.resume();
    await expect.poll(() => client.socket.bufferedAmount, { timeout: 300_000 }).toBe(0);
  }, 300_000);
});

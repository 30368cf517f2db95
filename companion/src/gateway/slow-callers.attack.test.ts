import type { Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MAX_CONNECTIONS } from './connection-places.ts';
import { openRaw, parseAnswer, readToEnd, requestText } from './fixtures/raw-request.ts';
import { captureOf, enter, pairWith } from './fixtures/stream-client.ts';
import { startTestCompanion, type TestCompanion } from './fixtures/test-companion.ts';
import { STRICTEST_HEADERS } from './security-headers.ts';

const PROMISED = ['Content-Length', '1000000'] as const;

/** Opens a request whose body is promised and does not come. */
function promise(
  test: TestCompanion,
  target: string,
  headers: readonly (readonly [string, string])[],
  method = 'POST',
) {
  const { port } = test.companion;
  const socket = openRaw(port);
  onTestFinished(() => void socket.destroy());
  const reading = readToEnd(socket);
  socket.write(requestText(port, { method, target, headers: [...headers, ['Connection', 'keep-alive']] }));
  return { socket, reading };
}

const bearer = ({ token }: TestCompanion) => ['Authorization', `Bearer ${token}`] as const;

/** Sends a byte now and then until the other side has had enough. */
function drip(socket: Socket, byte: string): void {
  const timer = setInterval(() => {
    if (socket.writable) socket.write(byte);
  }, 200);
  socket.once('close', () => clearInterval(timer));
}

/** Occupies more places than there are. */
async function flood({ companion }: TestCompanion, said: string): Promise<void> {
  const sockets = Array.from({ length: MAX_CONNECTIONS + 40 }, () => openRaw(companion.port));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.once('connect', () => {
            if (said !== '') socket.write(said);
            resolve();
          });
          socket.once('close', () => resolve());
        }),
    ),
  );
}

describe('attack: slow callers', () => {
  it.each([
    ['POST', '/api/check'],
    ['POST', '/api/check-video'],
    ['POST', '/api/history/query'],
    ['PATCH', '/api/settings'],
    ['POST', '/api/shutdown'],
    ['POST', '/nothing'],
  ])('hold a place with a body that never comes, without a token: %s %s', async (method, target) => {
    const test = await startTestCompanion();
    // Reading to the end is the proof: the companion hung up without a byte of the body.
    const answer = parseAnswer(await promise(test, target, [PROMISED], method).reading);
    expect([answer.status, answer.headers.connection]).toEqual([401, 'close']);
  });

  it('hold a place with a body that never comes, with a token, a cookie or an Origin that is wrong', async () => {
    const test = await startTestCompanion();
    for (const header of [
      ['Authorization', 'Bearer wrong'],
      ['Cookie', 'touchstone_session=wrong'],
      ['Origin', 'https://evil.example'],
    ] as const) {
      const { status, headers } = parseAnswer(await promise(test, '/api/check', [PROMISED, header]).reading);
      expect([status, headers.connection]).toEqual([401, 'close']);
    }
    const foreign = [PROMISED, ['Origin', 'https://evil.example'], ['Content-Type', 'application/json']] as const;
    const { status, headers } = parseAnswer(await promise(test, '/api/session', foreign).reading);
    expect([status, headers.connection]).toEqual([401, 'close']);
  });

  it('be asked for a body without a token', async () => {
    const test = await startTestCompanion();
    const expecting = [PROMISED, ['Expect', '100-continue']] as const;
    const refused = await promise(test, '/api/check', expecting).reading;
    expect(refused).not.toContain('100 Continue');
    expect(parseAnswer(refused).status).toBe(401);
    const { socket, reading } = promise(test, '/api/check', [
      ['Content-Length', '7'],
      ['Expect', '100-continue'],
      bearer(test),
    ]);
    await new Promise<void>((resolve) => socket.once('data', () => resolve()));
    socket.write('picture');
    const [first = '', ...rest] = (await reading).split('\r\n\r\n');
    expect(first).toContain('100 Continue');
    expect(parseAnswer(rest.join('\r\n\r\n')).status).toBe(200);
  });

  it('make the companion wait for ever for a body that drips, even with a token', async () => {
    const test = await startTestCompanion();
    const type = ['Content-Type', 'application/json'] as const;
    const slow = [
      promise(test, '/api/check', [PROMISED, bearer(test)]),
      promise(test, '/api/check-video', [PROMISED, bearer(test)]),
      promise(test, '/api/history/query', [['Transfer-Encoding', 'chunked'], type, bearer(test)]),
      // The one body that is read of a stranger.
      promise(test, '/api/session', [['Content-Length', '1000'], type]),
    ];
    for (const { socket } of slow.slice(0, 2)) drip(socket, 'x');
    for (const { socket } of slow.slice(2, 3)) drip(socket, '1\r\nx\r\n');
    for (const { socket } of slow.slice(3)) drip(socket, ' ');
    for (const { reading } of slow) {
      const answer = parseAnswer(await reading);
      expect(answer.status).toBe(408);
      expect(answer.headers).toMatchObject(STRICTEST_HEADERS);
    }
    expect(test.pipeline.requests).toEqual([]);
    expect((await test.control('/api/check', { method: 'POST', body: 'picture' })).status).toBe(200);
  }, 300_000);

  it('stop the companion with the rest of a body that was refused already', async () => {
    const test = await startTestCompanion();
    const beyond = ['Content-Length', String(2 ** 50)] as const;
    const { socket, reading } = promise(test, '/api/check-video', [beyond, bearer(test)]);
    drip(socket, 'x');
    expect(parseAnswer(await reading).status).toBe(413);
    expect((await test.control('/api/status')).status).toBe(200);
  }, 300_000);

  it('make the companion wait for ever for headers that drip', async () => {
    const { companion } = await startTestCompanion();
    const socket = openRaw(companion.port);
    const reading = readToEnd(socket);
    socket.write('GET / HTTP/1.1\r\nX-Slow: ');
    drip(socket, 'x');
    const answer = parseAnswer(await reading);
    expect(answer.status).toBe(408);
    expect(answer.headers).toMatchObject(STRICTEST_HEADERS);
  }, 300_000);

  it('keep a connection without ever saying anything', async () => {
    const { companion } = await startTestCompanion();
    // Whatever is said to it, it is over: reading ends.
    await readToEnd(openRaw(companion.port));
  }, 300_000);

  it.each([
    ['silent connections', ''],
    ['half a request each', 'GET /api/status HTTP/1.1\r\nHost: '],
    ['requests for the public page that stay open', 'GET /pair/page.css HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n'],
    ['half a body of a login each', 'POST /api/session HTTP/1.1\r\nContent-Length: 100\r\n\r\n{'],
  ])('keep the command line and the extension out with %s', async (_, said) => {
    const test = await startTestCompanion();
    const { port } = test.companion;
    const pairing = await pairWith(port, test.companion.newPairing().code);
    await flood(
      test,
      said
        .replace('127.0.0.1:1\r', `127.0.0.1:${port}\r`)
        .replace('POST /api/session HTTP/1.1', `POST /api/session HTTP/1.1\r\nHost: 127.0.0.1:${port}`),
    );
    expect((await test.control('/api/status')).status).toBe(200);
    const client = await enter(port, pairing);
    client.send(captureOf(1));
    expect((await client.next('result')).record.source.url).toBe('https://cdn.example/1.jpg');
  });

  it('push out a browser that has proven itself, or a page that reads its events', async () => {
    const test = await startTestCompanion();
    const { port } = test.companion;
    const client = await enter(port, await pairWith(port, test.companion.newPairing().code));
    const events = openRaw(port);
    onTestFinished(() => void events.destroy());
    events.write(requestText(port, { target: '/api/history/events', headers: [bearer(test)] }));
    await new Promise<void>((resolve) => events.once('data', () => resolve()));
    for (const said of ['', 'GET / HTTP/1.1\r\n']) await flood(test, said);
    client.send(captureOf(1));
    await client.next('result');
    expect([client.socket.readyState, events.destroyed]).toEqual([client.socket.OPEN, false]);
  });
});

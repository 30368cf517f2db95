import { once } from 'node:events';
import type { Socket } from 'node:net';
import { CLIENT_WINDOW, CLOSE_CODES, MAX_MESSAGE_BYTES } from '@touchstone/shared';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { CHROMIUM_ORIGIN, captureOf, enter, pairWith, type StreamClient } from '../fixtures/stream-client.ts';
import { startTestCompanion } from '../fixtures/test-companion.ts';

const MEGABYTE = 1024 * 1024;

/** RFC 6455, 7.4.1. */
const PROTOCOL_ERROR = 1002;
const POLICY_VIOLATION = 1008;
const TOO_BIG = 1009;

async function start() {
  const test = await startTestCompanion();
  const { port } = test.companion;
  const newBrowser = async () => enter(port, await pairWith(port, test.companion.newPairing().code));
  const [attacker, honest] = [await newBrowser(), await newBrowser()];
  /** The companion goes on as if nothing had been. */
  const stillServes = async () => {
    honest.send(captureOf(1_000));
    expect((await honest.next('result', ({ id }) => id === 1_000)).id).toBe(1_000);
  };
  return { ...test, port, attacker, honest, stillServes };
}

/** The TCP stream under a client: what its WebSocket would never write goes out there. */
function streamOf({ socket }: StreamClient): Socket {
  // Private in `ws`; the only way to bytes that are no WebSocket's.
  return (socket as unknown as { _socket: Socket })._socket;
}

describe('attack: a message of a paired browser', () => {
  test.each<[string, Uint8Array]>([
    ['end the companion by thirty million arrays inside one another', new Uint8Array(30 * MEGABYTE).fill(0x91)],
    ['keep gigabytes by fifty million values side by side', wide(50 * MEGABYTE)],
    ['claim four billion entries', Uint8Array.of(0xdf, 0xff, 0xff, 0xff, 0xff)],
    ['hide a second message behind the first', Uint8Array.of(...ping(1), ...ping(2))],
  ])('%s', async (_, bytes) => {
    const { attacker, stillServes } = await start();
    const before = process.memoryUsage().heapUsed;
    attacker.sendBytes(bytes);
    expect(await attacker.closed).toBe(CLOSE_CODES.badMessage);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * MEGABYTE);
    await stillServes();
  });

  test.each([Number.POSITIVE_INFINITY, Number.NaN])('have a record say that it was seen at %d', async (mediaTime) => {
    const { attacker, pipeline, stillServes } = await start();
    attacker.send({ ...captureOf(1), source: { kind: 'video-frame', path: 'canvas', private: false, mediaTime } });
    expect(await attacker.closed).toBe(CLOSE_CODES.badMessage);
    expect(pipeline.requests).toEqual([]);
    await stillServes();
  });

  test('give every object a member through __proto__', async () => {
    const { attacker, stillServes } = await start();
    const key = new TextEncoder().encode('__proto__');
    attacker.sendBytes(Uint8Array.of(0x81, 0xa0 + key.length, ...key, 0x81, 0xa1, 0x78, 0x01));
    expect(await attacker.closed).toBe(CLOSE_CODES.badMessage);
    expect(({} as { x?: unknown }).x).toBeUndefined();
    await stillServes();
  });
});

describe('attack: another browser\u2019s work', () => {
  test('cancel its request by guessing the number', async () => {
    const { attacker, honest, pipeline } = await start();
    pipeline.hold();
    honest.send(captureOf(1));
    await honest.next('progress');
    for (let id = 1; id < 50; id += 1) attacker.send({ type: 'cancel', id });
    attacker.send({ type: 'ping', id: 99 });
    await attacker.next('pong');
    pipeline.release();
    expect((await honest.next('result')).id).toBe(1);
  });

  test('feed frames to its video, or end it', async () => {
    const { attacker, honest } = await start();
    const source = { kind: 'video', path: 'canvas', private: false };
    honest.send({ type: 'track-open', id: 1, track: 'track-of-honest', source, duration: null, resume: [] });
    await honest.next('track-update');
    const frame = { track: 'track-of-honest', mediaTime: 1, path: 'canvas', bytes: Uint8Array.of(1) };
    attacker.send({ type: 'track-frame', id: 1, ...frame });
    expect(await attacker.next('error', ({ id }) => id === 1)).toMatchObject({ error: { code: 'track-unknown' } });
    attacker.send({ type: 'track-close', id: 2, track: 'track-of-honest' });
    expect(await attacker.next('error', ({ id }) => id === 2)).toMatchObject({ error: { code: 'track-unknown' } });
    honest.send({ type: 'track-close', id: 2, track: 'track-of-honest' });
    expect(await honest.next('track-update', ({ id }) => id === 2)).toMatchObject({ framesAnalyzed: 0 });
  });

  test('take its turn by more captures at once than were granted', async () => {
    const { attacker, pipeline, stillServes } = await start();
    pipeline.hold();
    for (let id = 1; id <= CLIENT_WINDOW * 4; id += 1) attacker.send(captureOf(id));
    expect(await attacker.closed).toBe(CLOSE_CODES.window);
    expect(pipeline.requests).toHaveLength(CLIENT_WINDOW);
    await expect.poll(() => pipeline.requests.every(({ signal }) => signal?.aborted)).toBe(true);
    pipeline.release();
    await stillServes();
  });

  test('be counted once for two captures of one number', async () => {
    const { attacker, pipeline, stillServes } = await start();
    pipeline.hold();
    attacker.send(captureOf(1));
    attacker.send(captureOf(1));
    expect(await attacker.closed).toBe(CLOSE_CODES.badMessage);
    expect(pipeline.requests).toHaveLength(1);
    pipeline.release();
    await stillServes();
  });
});

describe('attack: the frames of a socket', () => {
  test('have a small message unpack to gigabytes', async () => {
    const { port, attacker, stillServes } = await start();
    const packing = new WebSocket(`ws://127.0.0.1:${port}/v1/stream`, {
      origin: CHROMIUM_ORIGIN,
      perMessageDeflate: true,
    });
    onTestFinished(() => packing.terminate());
    await once(packing, 'open');
    expect(packing.extensions).toBe('');
    // Marked as packed all the same.
    streamOf(attacker).write(Uint8Array.of(0xc2, 0x81, 0, 0, 0, 0, 0x00));
    expect(await attacker.closed).toBe(PROTOCOL_ERROR);
    await stillServes();
  });

  test.each<[string, readonly number[], number]>([
    ['unmasked frames', [0x82, 0x01, 0x00], PROTOCOL_ERROR],
    ['a frame that claims an exabyte', [0x82, 0xff, 0x0f, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], TOO_BIG],
    ['a frame one byte larger than a message', [0x82, 0xff, ...size(MAX_MESSAGE_BYTES + 1), 0, 0, 0, 0], TOO_BIG],
    ['a frame of a kind that there is not', [0x83, 0x80, 0, 0, 0, 0], PROTOCOL_ERROR],
    ['the middle of a message that never began', [0x80, 0x80, 0, 0, 0, 0], PROTOCOL_ERROR],
    ['a ping as long as a message', [0x89, 0xfe, 0xff, 0xff, 0, 0, 0, 0], PROTOCOL_ERROR],
    ['a ping in pieces', [0x09, 0x80, 0, 0, 0, 0], PROTOCOL_ERROR],
  ])('confuse the reader by %s', async (_, bytes, code) => {
    const { attacker, stillServes } = await start();
    streamOf(attacker).write(Uint8Array.from(bytes));
    expect(await attacker.closed).toBe(code);
    await stillServes();
  });

  test('have a message in pieces collected without end', async () => {
    const { attacker, stillServes } = await start();
    const piece = new Uint8Array(4 * MEGABYTE);
    for (let sent = 0; sent <= MAX_MESSAGE_BYTES; sent += piece.length) attacker.socket.send(piece, { fin: false });
    expect(await attacker.closed).toBe(TOO_BIG);
    await stillServes();
  });

  test('have each of a million tiny pieces kept as an object', async () => {
    const { attacker, stillServes } = await start();
    const piece = Uint8Array.of(0);
    for (let count = 0; count < 20_000; count += 1) attacker.socket.send(piece, { fin: false });
    expect(await attacker.closed).toBe(POLICY_VIOLATION);
    await stillServes();
  });

  test('have an answer to every ping kept for a reader that never reads', async () => {
    const { attacker, stillServes } = await start();
    const PINGS = 300_000;
    let pongs = 0;
    attacker.socket.on('pong', () => {
      pongs += 1;
    });
    attacker.socket.pause();
    const stream = streamOf(attacker);
    const ping = Buffer.concat([Uint8Array.of(0x89, 0xfd, 0, 0, 0, 0), new Uint8Array(125)]);
    const thousand = Buffer.concat(Array.from({ length: 1_000 }, () => ping));
    for (let count = 0; count < PINGS; count += 1_000) {
      if (!stream.write(thousand)) await once(stream, 'drain');
    }
    // Every ping has been read by now; what was kept for the reader comes before this.
    await stillServes();
    attacker.socket.resume();
    attacker.send({ type: 'ping', id: 1 });
    await attacker.next('pong');
    expect(pongs).toBeGreaterThan(0);
    // Half a megabyte in the companion, and what the system's own buffers hold.
    expect(pongs).toBeLessThan(PINGS / 2);
  }, 300_000);
});

/** Arrays of empty maps in an array, as many as fit. */
function wide(bytes: number): Uint8Array {
  const row = new Uint8Array(3 + 4096).fill(0x80);
  row.set([0xdc, 0x10, 0x00]);
  const rows = new Uint8Array(bytes).fill(0x80);
  rows.set([0xdd, 0x00, 0x00, 0x10, 0x00]);
  for (let at = 5; at + row.length < bytes; at += row.length) rows.set(row, at);
  return rows;
}

/** `{ type: 'ping', id }` as MessagePack. */
function ping(id: number): number[] {
  const text = (value: string) => [0xa0 + value.length, ...new TextEncoder().encode(value)];
  return [0x82, ...text('type'), ...text('ping'), ...text('id'), id];
}

/** Eight bytes, the largest first. */
function size(bytes: number): number[] {
  return [...new Uint8Array(new BigUint64Array([BigInt(bytes)]).buffer)].reverse();
}

import { readdirSync, readlinkSync, writeSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { encodeHead, readMessages, writeMessage } from './framed-messages.ts';
import { openRoom, type PayloadRoom, ROOM_BYTES } from './payload-room.ts';

const limits = { headBytes: 1_000, payloadBytes: 2 * ROOM_BYTES };
const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 7919) & 255);

/** A room whose other side is this one. */
function oneRoom(): PayloadRoom {
  let placed: Uint8Array = new Uint8Array(0);
  return {
    put(payload) {
      if (payload.length <= 100) return false;
      placed = payload.slice();
      return true;
    },
    take(into) {
      if (into.length > placed.length) return false;
      into.set(placed.subarray(0, into.length));
      return true;
    },
  };
}

async function through(payload: Uint8Array, room?: PayloadRoom) {
  const stream = new PassThrough();
  writeMessage(stream, { type: 'x' }, payload, room);
  stream.end();
  const sent = stream.readableLength;
  for await (const message of readMessages(stream, { ...limits, room })) return { ...message, sent };
  throw new Error('no message');
}

describe('messages with a room beside their stream', () => {
  it('brings large payloads there, and leaves small ones with their head', async () => {
    const large = await through(bytes(5_000), oneRoom());
    expect(large.payload).toEqual(bytes(5_000));
    expect(large.sent).toBeLessThan(100);
    const small = await through(bytes(50), oneRoom());
    expect(small.payload).toEqual(bytes(50));
    expect(small.sent).toBeGreaterThan(50);
  });

  it('goes along the stream without one, and where it is full', async () => {
    const full = { put: () => false, take: () => false };
    expect((await through(bytes(5_000))).payload).toEqual(bytes(5_000));
    expect((await through(bytes(5_000), full)).payload).toEqual(bytes(5_000));
  });

  it.each([
    ['that nobody shares', undefined],
    ['that holds less', oneRoom()],
  ])('takes no payload from a room %s', async (_, room) => {
    const stream = new PassThrough();
    stream.end(encodeHead({}, 5_000, true));
    await expect(readMessages(stream, { ...limits, room }).next()).rejects.toThrow('not where it should be');
  });

  it('holds a payload there to the same limit', async () => {
    const stream = new PassThrough();
    stream.end(encodeHead({}, limits.payloadBytes + 1, true));
    await expect(readMessages(stream, { ...limits, room: oneRoom() }).next()).rejects.toThrow('too long');
  });
});

describe.runIf(process.platform === 'linux')('a room of this system', () => {
  const named = (): string[] => readdirSync('/dev/shm');
  const openHere = (): string[] =>
    readdirSync('/proc/self/fd').flatMap((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`).startsWith('/dev/shm/') ? [fd] : [];
      } catch {
        return [];
      }
    });

  it('has no name, and is closed once', () => {
    const [before, names] = [openHere(), named()];
    const room = openRoom();
    onTestFinished(() => room?.close());
    expect(openHere()).toEqual([...before, String(room?.fd)]);
    expect(named()).toEqual(names);
    room?.close();
    room?.close();
    expect(openHere()).toEqual(before);
  });

  it('tells how much memory it takes, whoever has written there', () => {
    const room = openRoom();
    onTestFinished(() => room?.close());
    expect(room?.bytes()).toBe(0);
    writeSync(room?.fd ?? -1, bytes(100_000), 0, 100_000, 64 * ROOM_BYTES);
    expect(room?.bytes()).toBeGreaterThanOrEqual(100_000);
    expect(room?.bytes()).toBeLessThan(ROOM_BYTES);
    room?.close();
    expect(room?.bytes()).toBe(0);
  });

  it('takes what fits, and gives nothing that is not there or once it is closed', () => {
    const room = openRoom();
    onTestFinished(() => room?.close());
    expect(room?.put(bytes(ROOM_BYTES))).toBe(true);
    expect(room?.put(bytes(ROOM_BYTES + 1))).toBe(false);
    expect(room?.put(bytes(10))).toBe(false);
    // The other side has placed nothing yet.
    expect(room?.take(new Uint8Array(100_000))).toBe(false);
    room?.close();
    expect(room?.put(bytes(100_000))).toBe(false);
    expect(room?.take(new Uint8Array(100_000))).toBe(false);
  });
});

import { encode } from '@msgpack/msgpack';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { ClientMessage } from './client-messages.ts';
import { decodeMessage } from './codec.ts';
import { MAX_COLLECTION_ITEMS, MAX_MESSAGE_DEPTH, MAX_MESSAGE_ITEMS, MAX_UNPROVEN_BYTES } from './limits.ts';
import { UNPROVEN_BUDGET } from './message-budget.ts';
import { TouchstoneError } from './touchstone-error.ts';

const PING = encode({ type: 'ping', id: 1 });
const ARRAY_16 = 0xdc;

function join(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Reads hostile bytes. @returns why they were refused */
function refused(bytes: Uint8Array, schema: v.GenericSchema = ClientMessage): string {
  try {
    decodeMessage(schema, bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(TouchstoneError);
    expect(error).toMatchObject({ code: 'bad-message' });
    return error instanceof TouchstoneError ? (error.detail ?? '') : '';
  }
  throw new Error('it was read');
}

const MEGABYTE = 1024 * 1024;

describe('attack: a message that costs more than it has bytes', () => {
  test('end the companion by thirty million arrays inside one another', () => {
    expect(refused(new Uint8Array(30 * MEGABYTE).fill(0x91))).toContain('nested too deeply');
    expect(refused(new Uint8Array(30 * MEGABYTE).fill(0x81))).toContain('a key that is no text');
    const named = new Uint8Array(30 * MEGABYTE).map((_, index) => [0x81, 0xa1, 0x61][index % 3] ?? 0);
    expect(refused(named)).toContain('nested too deeply');
  });

  test('keep gigabytes by fifty million empty maps side by side', () => {
    const full = new Uint8Array(3 + 0xffff).fill(0x80);
    full.set([ARRAY_16, 0xff, 0xff]);
    expect(refused(full)).toContain('65535 entries in one collection');
    // Wide within the limit of one array, again and again.
    const row = join([ARRAY_16, MAX_COLLECTION_ITEMS >> 8, 0], new Uint8Array(MAX_COLLECTION_ITEMS).fill(0x80));
    const rows = new Uint8Array(3 + row.length * MAX_COLLECTION_ITEMS);
    rows.set([ARRAY_16, MAX_COLLECTION_ITEMS >> 8, 0]);
    for (let index = 0; index < MAX_COLLECTION_ITEMS; index += 1) rows.set(row, 3 + index * row.length);
    expect(refused(rows)).toContain('too many values');
  });

  test.each<[string, readonly number[]]>([
    ['a map', [0xdf, 0xff, 0xff, 0xff, 0xff]],
    ['an array', [0xdd, 0xff, 0xff, 0xff, 0xff]],
    ['a short array', [0xdc, 0xff, 0xff]],
    ['a text', [0xdb, 0xff, 0xff, 0xff, 0xff, 0x61]],
    ['bytes', [0xc6, 0xff, 0xff, 0xff, 0xff, 0x61]],
    ['bytes one longer than there are', [0xc4, 0x02, 0x61]],
    ['an extension', [0xc9, 0xff, 0xff, 0xff, 0xff, 0x01]],
  ])('take memory for entries that are claimed and not there: %s', (_, bytes) => {
    expect(refused(Uint8Array.from(bytes))).toMatch(
      /^RangeError: (\d+ entries in one collection|too much text|the message ends early|a value of type)/,
    );
  });

  test('take memory for claims inside claims', () => {
    const claims = new Uint8Array(3 * 5_000).map((_, index) => (index % 3 === 0 ? ARRAY_16 : 0x0f));
    expect(refused(claims)).toContain('nested too deeply');
  });

  test('fill memory with text under short keys', () => {
    const text = 'x'.repeat(MEGABYTE);
    const texts = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`k${index}`, text]));
    expect(refused(encode(texts))).toContain('too much text');
  });

  test('be heard at length before the proof', () => {
    const long = encode({ type: 'ping', id: 1, padding: new Uint8Array(MAX_UNPROVEN_BYTES) });
    expect(() => decodeMessage(ClientMessage, long, UNPROVEN_BUDGET)).toThrow(TouchstoneError);
    expect(decodeMessage(ClientMessage, long).type).toBe('ping');
  });

  test('be read to just one level or value too far', () => {
    const nested = (depth: number) => new Uint8Array(depth + 1).map((_, index) => (index < depth ? 0x91 : 0xc0));
    expect(() => decodeMessage(v.unknown(), nested(MAX_MESSAGE_DEPTH))).not.toThrow();
    refused(nested(MAX_MESSAGE_DEPTH + 1), v.unknown());
    const row = Array.from({ length: MAX_COLLECTION_ITEMS }, () => 0);
    const rows = Math.floor(MAX_MESSAGE_ITEMS / (MAX_COLLECTION_ITEMS + 1));
    const wide = (count: number) => encode(Array.from({ length: count }, () => row));
    expect(() => decodeMessage(v.unknown(), wide(rows))).not.toThrow();
    refused(wide(rows + 1), v.unknown());
  });
});

describe('attack: a message that two readers understand differently', () => {
  test('hide a second message behind the first', () => {
    refused(join(PING, PING));
    refused(join(PING, [0xc0]));
  });

  test.each([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN])('send the number %d', (mediaTime) => {
    const track = { type: 'track-frame', id: 1, track: 'track-001', path: 'canvas', bytes: new Uint8Array(1) };
    refused(encode({ ...track, mediaTime }));
    refused(encode({ ...track, mediaTime }, { forceFloat32: true }));
    refused(encode({ ...track, mediaTime: 1, beside: [mediaTime] }));
  });

  test('give every object a member of its own making through __proto__', () => {
    refused(join([0x82, 0xa9], new TextEncoder().encode('__proto__'), [0x81, 0xa1, 0x78, 0x01, 0xa1, 0x61, 0x01]));
    expect(({} as { x?: unknown }).x).toBeUndefined();
    const inherited = encode({ type: 'ping', id: 1, constructor: { prototype: { x: 1 } } });
    expect(decodeMessage(ClientMessage, inherited)).toEqual({ type: 'ping', id: 1 });
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  test.each<[string, readonly number[]]>([
    ['a number', [0x81, 0x01, 0x01]],
    ['nothing', [0x81, 0xc0, 0x01]],
    ['an array', [0x81, 0x91, 0x01, 0x01]],
    ['bytes', [0x81, 0xc4, 0x01, 0x61, 0x01]],
  ])('name a member by %s', (_, bytes) => {
    refused(Uint8Array.from(bytes), v.unknown());
  });

  test('send a date, or any other extension type, where a plain value belongs', () => {
    refused(encode({ type: 'ping', id: 1, at: new Date() }));
    refused(join([0x81, 0xa1, 0x61, 0xc7, 0x00, 0x05]), v.unknown());
    refused(Uint8Array.of(0xc1), v.unknown());
  });
});

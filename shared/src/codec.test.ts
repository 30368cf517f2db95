import { encode } from '@msgpack/msgpack';
import { describe, expect, it } from 'vitest';
import { ClientMessage } from './client-messages.ts';
import { decodeMessage, encodeMessage } from './codec.ts';
import { TouchstoneError } from './touchstone-error.ts';

const capture = {
  type: 'capture',
  id: 1,
  lane: 'asked',
  source: { kind: 'image', path: 'original-bytes', url: 'https://example.org/a.jpg' },
  bytes: new Uint8Array([1, 2, 3]),
} as const;

describe('codec', () => {
  it('carries bytes without base64 and fills defaults', () => {
    const wire = encodeMessage(capture);
    expect(wire.byteLength).toBeLessThan(180);
    const message = decodeMessage(ClientMessage, wire);
    expect(message).toMatchObject({ type: 'capture', fresh: false, source: { private: false } });
    expect(message.type === 'capture' && [...message.bytes]).toEqual([1, 2, 3]);
  });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['an unfinished map', new Uint8Array([0x85, 0xa1])],
    ['text', new TextEncoder().encode('{"type":"ping"}')],
    ['an unknown type', encode({ type: 'shutdown', id: 1 })],
    ['a string where bytes belong', encode({ ...capture, bytes: 'AAAA' })],
    ['an array posing as bytes', encode({ ...capture, bytes: [1, 2, 3] })],
    ['a negative id', encode({ type: 'ping', id: -1 })],
    ['an address beyond its limit', encode({ ...capture, source: { ...capture.source, url: 'x'.repeat(5000) } })],
    ['a map of a billion entries that are not there', new Uint8Array([0xdf, 0x3b, 0x9a, 0xca, 0x00])],
    ['an extension type', new Uint8Array([0xd4, 0x01, 0x00])],
  ])('refuses %s as bad-message', (_, wire) => {
    expect(() => decodeMessage(ClientMessage, wire)).toThrow(TouchstoneError);
  });

  it('drops members that the protocol does not know', () => {
    const message = decodeMessage(ClientMessage, encode({ type: 'ping', id: 1, __proto__x: 1, extra: true }));
    expect(message).toEqual({ type: 'ping', id: 1 });
  });
});

import { describe, expect, it } from 'vitest';
import { clonesBuffers, decodeBase64, encodeBase64, fromWire, toWire } from './bytes.ts';

const bytes = Uint8Array.from({ length: 70_001 }, (_, index) => (index * 31) & 255);

describe('bytes between content script and background', () => {
  it.each([true, false])('come back as they were (cloning: %s)', (cloning) => {
    expect(fromWire(toWire(bytes, cloning))).toEqual(bytes);
  });

  it('passes only the view, not the whole buffer behind it', () => {
    const wire = toWire(bytes.subarray(10, 14), true);
    expect(wire).toBeInstanceOf(ArrayBuffer);
    expect(fromWire(wire)).toEqual(bytes.slice(10, 14));
  });

  it('refuses what JSON makes of a buffer, and broken base64', () => {
    expect(() => fromWire({})).toThrow('could not be read');
    expect(() => fromWire('%%%')).toThrow('could not be read');
    expect(() => fromWire(undefined)).toThrow('could not be read');
  });

  it('handles no bytes at all', () => {
    expect(decodeBase64(encodeBase64(new Uint8Array()))).toHaveLength(0);
  });

  it('knows which browsers clone', () => {
    expect(clonesBuffers('Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0')).toBe(true);
    expect(clonesBuffers('Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36')).toBe(
      false,
    );
    expect(clonesBuffers('Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36')).toBe(
      true,
    );
  });
});

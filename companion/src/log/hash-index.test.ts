import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHashIndex } from './hash-index.ts';

const hash = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((value) => value.toString(16).padStart(16, '0'));

function slowDistance(a: string, b: string): number {
  return (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2).replaceAll('0', '').length;
}

describe('hash index', () => {
  it('finds exactly what counting bits one by one finds', () => {
    fc.assert(
      fc.property(fc.array(hash, { maxLength: 40 }), hash, fc.integer({ min: 0, max: 64 }), (hashes, wanted, limit) => {
        const index = createHashIndex(1);
        for (const [number, entry] of hashes.entries()) index.add(number, entry, 'a'.repeat(64));
        const found = index.near(wanted, limit, 'b'.repeat(64));
        const slow = hashes
          .map((entry, number) => ({ number, distance: slowDistance(entry, wanted) }))
          .filter(({ distance }) => distance <= limit)
          .sort((a, b) => a.distance - b.distance || b.number - a.number);
        expect(found).toEqual(slow);
      }),
    );
  });
});

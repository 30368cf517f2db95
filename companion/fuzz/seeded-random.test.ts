import { describe, expect, it } from 'vitest';
import { randomOfInput } from './seeded-random.ts';

const drawn = (seed: number, target: string, input: number) => {
  const random = randomOfInput(seed, target, input);
  return [random.next(), random.int(1000), ...random.bytes(8), random.pick(['a', 'b', 'c'])];
};

describe('choices of one input', () => {
  it('are the same for the same seed, target and number', () => {
    expect(drawn(1, 'codec', 7)).toEqual(drawn(1, 'codec', 7));
  });
  it('differ when any of the three differs', () => {
    const all = [drawn(1, 'codec', 7), drawn(2, 'codec', 7), drawn(1, 'http', 7), drawn(1, 'codec', 8)];
    expect(new Set(all.map((list) => JSON.stringify(list))).size).toBe(all.length);
  });
  it('stay inside their bounds', () => {
    const random = randomOfInput(1, 'codec', 1);
    for (let i = 0; i < 1000; i++) {
      const [share, number] = [random.next(), random.int(5)];
      expect(share >= 0 && share < 1 && number >= 0 && number < 5).toBe(true);
    }
  });
});

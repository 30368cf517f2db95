import { createHash } from 'node:crypto';
import { randomFrom } from '../src/evidence/fixtures/mutate.ts';
import type { SeededRandom } from './fuzz-target.ts';

/** Resolution of `next()`; the generator gives 32 bits. */
const STEPS = 2 ** 32 - 1;

/** The choices of one input: the same for the same seed, target and number on every machine. */
export function randomOfInput(seed: number, target: string, input: number): SeededRandom {
  const digest = createHash('sha256').update(`${seed}\0${target}\0${input}`).digest();
  const below = randomFrom(digest.readUInt32LE(0));
  return {
    next: () => below(STEPS) / STEPS,
    int: (limit) => below(limit),
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
    pick(list) {
      const chosen = list[below(list.length)];
      if (chosen === undefined) throw new RangeError('nothing to pick from');
      return chosen;
    },
  };
}

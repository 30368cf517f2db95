import { expect, it } from 'vitest';
import { createViewMemory } from './view-memory.ts';

it('memory that was given back takes the next views of the same size, once', () => {
  const memory = createViewMemory();
  const first = memory.take(1_000);
  memory.giveBack(first);
  memory.giveBack(first);
  const again = memory.take(1_000);
  expect(again).toBe(first);
  expect(memory.take(1_000)).not.toBe(first);
  memory.giveBack(again);
  expect(memory.take(999)).toHaveLength(999);
});

it('keeps no more than some pictures need, and no memory that holds other things', () => {
  const memory = createViewMemory();
  const large = memory.take(5 * 1024 * 1024);
  memory.giveBack(large);
  expect(memory.take(large.length)).not.toBe(large);
  const part = memory.take(1_000).subarray(0, 500);
  memory.giveBack(part);
  memory.giveBack(new Uint8Array(500));
  expect(memory.take(500).buffer).toBeInstanceOf(SharedArrayBuffer);
});

import { describe, expect, it } from 'vitest';
import { inSlices } from './slices.ts';

describe('inSlices', () => {
  it('hands the thread back before a slice gets long, and does everything in order', async () => {
    let clock = 0;
    let turn = 0;
    const turns: number[] = [];
    const ticking = setInterval(() => turn++, 0);
    await inSlices(
      [1, 2, 3, 4, 5, 6],
      () => {
        clock += 4;
        turns.push(turn);
      },
      new AbortController().signal,
      () => clock,
    );
    clearInterval(ticking);
    expect(turns).toHaveLength(6);
    for (const value of turns) expect(turns.filter((other) => other === value).length).toBeLessThanOrEqual(2);
  });

  it('stops when aborted', async () => {
    const controller = new AbortController();
    const done: number[] = [];
    await inSlices(
      [1, 2, 3],
      (item) => {
        done.push(item);
        controller.abort();
      },
      controller.signal,
    );
    expect(done).toEqual([1]);
  });
});

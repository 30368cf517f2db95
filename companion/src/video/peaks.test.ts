import { describe, expect, it } from 'vitest';
import { createPeaks } from './peaks.ts';

describe('peaks', () => {
  it('are the moments that look most generated, apart from each other', () => {
    const peaks = createPeaks<number>({ most: 6, apart: 5 });
    for (let time = 0; time < 100; time += 0.5) peaks.offer(time, Math.sin(time / 5), () => time);
    const all = peaks.all();
    expect(all.length).toBeGreaterThan(3);
    expect(all.length).toBeLessThanOrEqual(6);
    expect(all.map(({ logit }) => logit)).toEqual(all.map(({ logit }) => logit).toSorted((a, b) => b - a));
    const times = all.map(({ time }) => time).sort((a, b) => a - b);
    for (const [i, time] of times.slice(1).entries()) expect(time - (times[i] ?? 0)).toBeGreaterThanOrEqual(5);
    expect(all[0]?.logit).toBeGreaterThan(0.99);
    for (const { time, kept } of all) expect(kept).toBe(time);
  });

  it('give a place up to a higher neighbour', () => {
    const peaks = createPeaks<string>({ most: 6, apart: 1 });
    peaks.offer(1, 0, () => 'low');
    peaks.offer(1.5, 2, () => 'high');
    peaks.offer(1.8, 1, () => 'between');
    expect(peaks.all()).toEqual([{ time: 1.5, logit: 2, kept: 'high' }]);
  });

  it('keep nothing of a frame that does not belong to them', () => {
    const peaks = createPeaks<void>({ most: 1, apart: 1 });
    let kept = 0;
    for (const [time, logit] of [
      [0, 2],
      [0.5, 1],
      [50, 1],
    ] as const)
      peaks.offer(time, logit, () => {
        kept += 1;
      });
    expect(kept).toBe(1);
  });
});

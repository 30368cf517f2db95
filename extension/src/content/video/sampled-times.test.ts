import { describe, expect, it } from 'vitest';
import { createSampledTimes } from './sampled-times.ts';

/** Plays through once, at 25 frames a second; @returns how many moments were new */
function play(times: ReturnType<typeof createSampledTimes>, from: number, to: number, interval: number): number {
  let sampled = 0;
  for (let time = from; time < to; time += 0.04) {
    if (!times.isNew(time, interval)) continue;
    times.add(time);
    sampled += 1;
  }
  return sampled;
}

describe('sampled times', () => {
  it('are spread over the video', () => {
    expect(play(createSampledTimes(), 0, 10, 0.5)).toBeGreaterThanOrEqual(20);
  });

  it('count nothing twice when the video loops or a person seeks back', () => {
    const times = createSampledTimes();
    play(times, 0, 10, 0.5);
    expect(play(times, 0.013, 10, 0.5)).toBe(0);
    expect(play(times, 3.3, 7.1, 0.5)).toBe(0);
  });

  it('fill the gap that a seek forward left', () => {
    const times = createSampledTimes();
    play(times, 0, 2, 0.5);
    play(times, 6, 8, 0.5);
    expect(play(times, 2, 6, 0.5)).toBeGreaterThanOrEqual(7);
  });

  it('take moments in between when more are wanted', () => {
    const times = createSampledTimes();
    play(times, 0, 10, 1);
    expect(play(times, 0, 10, 0.25)).toBeGreaterThan(5);
  });

  it('stay few on a stream that never ends', () => {
    const times = createSampledTimes(10);
    play(times, 0, 100, 0.5);
    expect(times.isNew(0, 0.5)).toBe(true);
    expect(times.isNew(99.9, 0.5)).toBe(false);
  });
});

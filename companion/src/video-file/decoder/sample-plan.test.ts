import { describe, expect, it } from 'vitest';
import { planSamples } from './sample-plan.ts';

/** All times of a video with a key frame every `group` seconds. */
function timesOf(duration: number, group: number, keys: number[] = []): number[] {
  const plan = planSamples(duration);
  const starts = [...new Set([...Array.from({ length: Math.ceil(duration / group) }, (_, i) => i * group), ...keys])];
  starts.sort((a, b) => a - b);
  return starts.flatMap((start, i) => plan.timesIn(start, starts[i + 1] ?? duration));
}

describe('planSamples', () => {
  it('looks at a short clip twice a second', () => {
    expect(timesOf(3, 8)).toEqual([0, 0.5, 1, 1.5, 2, 2.5]);
    expect(timesOf(30, 30)).toHaveLength(60);
  });

  it('adds the starts of groups, where shots start', () => {
    expect(timesOf(3, 8, [1.3])).toEqual([0, 0.5, 1, 1.3, 2, 2.5]);
    expect(timesOf(3, 8, [1.7])).toEqual([0, 0.5, 1, 1.5, 2, 2.5]);
  });

  it('does not look at every picture of a video made of key frames', () => {
    const times = timesOf(10, 1 / 30);
    expect(times.length).toBeGreaterThanOrEqual(18);
    expect(times.length).toBeLessThanOrEqual(21);
  });

  it('bounds a long video and keeps to its key frames', () => {
    const times = timesOf(7200, 2);
    expect(times.length).toBeGreaterThan(400);
    expect(times.length).toBeLessThanOrEqual(481);
    for (const time of times) expect(time % 2).toBe(0);
  });

  it('fills long gaps between key frames', () => {
    const times = timesOf(600, 600);
    for (const [i, time] of times.entries()) expect(time - (times[i - 1] ?? 0)).toBeLessThanOrEqual(12);
    expect(times.length).toBeGreaterThan(45);
  });

  it.each([0.04, 0.3, 1, 5.2, 89, 91, 4000])('looks at %d seconds at least once, in order', (duration) => {
    const times = timesOf(duration, 5);
    expect(times[0]).toBe(0);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(times).size).toBe(times.length);
    for (const time of times) expect(time).toBeLessThan(duration);
  });

  it('has an end where the container names none, or names a far one', () => {
    expect(planSamples(null).timesIn(0, Number.POSITIVE_INFINITY)).toHaveLength(480);
    expect(planSamples(10).timesIn(0, 1e12)).toHaveLength(20);
  });
});

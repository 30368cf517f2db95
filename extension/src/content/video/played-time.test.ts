import { describe, expect, it } from 'vitest';
import { createPlayedTime } from './played-time.ts';

const player = (duration: number | null) => createPlayedTime({ duration: () => duration, time: () => 0 });

describe('played time', () => {
  it('is what passed since the last look', () => {
    const played = player(10);
    expect([played.until(0.5), played.until(2)]).toEqual([0.5, 1.5]);
  });

  it('goes over the end of a loop', () => {
    const played = player(10);
    played.until(4);
    played.until(8);
    expect(played.until(1)).toBe(3);
  });

  it('is no seek: at most four seconds between two looks', () => {
    expect(player(100).until(60)).toBe(4);
  });

  it('is unknown after a jump back in a live stream', () => {
    const played = player(null);
    played.until(3);
    expect(played.until(1)).toBe(0);
  });
});

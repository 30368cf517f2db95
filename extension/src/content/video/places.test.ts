import { describe, expect, it } from 'vitest';
import { assignPlaces } from './places.ts';

const video = (area: number, change: { asked?: boolean; wants?: boolean } = {}) => ({
  area,
  asked: false,
  wants: true,
  ...change,
});

describe('places of a page', () => {
  it('go to the largest visible videos that play', () => {
    expect(assignPlaces([video(100), video(0), video(300), video(200), video(900, { wants: false })], 2)).toEqual([
      'crowded',
      'idle',
      'sampled',
      'sampled',
      'idle',
    ]);
  });

  it('go first to what a person asked for', () => {
    expect(assignPlaces([video(900), video(10, { asked: true })], 1)).toEqual(['crowded', 'sampled']);
  });

  it('stay with the same one of equals, so that two videos do not take turns', () => {
    expect(assignPlaces([video(5), video(5), video(5)], 2)).toEqual(['sampled', 'sampled', 'crowded']);
  });
});

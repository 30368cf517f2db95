import { describe, expect, it } from 'vitest';
import { assignPlaces, watchedArea } from './places.ts';

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

describe('watchedArea', () => {
  const watched = { pageVisible: true, inPicture: false, asked: false, batteryLow: false, area: 500 };
  it.each([
    ['in the tab in front', {}, 500],
    ['in a tab in the background', { pageVisible: false }, 0],
    ['in a window of its own, whatever its tab does', { pageVisible: false, inPicture: true }, 500],
    ['while the battery is low', { batteryLow: true }, 0],
    ['while the battery is low, asked for by a person', { batteryLow: true, asked: true }, 500],
    ['asked for, in a tab in the background', { pageVisible: false, asked: true }, 0],
  ] as const)('of a video %s', (_, change, area) => {
    expect(watchedArea({ ...watched, ...change })).toBe(area);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { createTrackPlaces, TAB_PLACES, type TrackPlaces } from './track-places.ts';

const LIMIT = 16;
let time: number;
let places: TrackPlaces;
let evicted: string[];

beforeEach(() => {
  time = 0;
  places = createTrackPlaces(LIMIT, () => time);
  evicted = [];
});

const take = (tabId: number, name: string, asked = false): boolean =>
  places.take({ key: `${tabId} ${name}`, tabId, asked, evicted: () => evicted.push(`${tabId} ${name}`) });
/** @returns how many of so many got a place */
const takeMany = (tabId: number, count: number): number =>
  Array.from({ length: count }, (_, index) => take(tabId, `video ${index}`)).filter(Boolean).length;

describe('places of the browser', () => {
  it('are not all for one page', () => {
    expect(takeMany(1, 20)).toBe(TAB_PLACES);
    expect(takeMany(2, 20)).toBeGreaterThanOrEqual(LIMIT - TAB_PLACES);
  });

  it('are shared by two pages that both play', () => {
    takeMany(1, 20);
    expect(takeMany(2, 20)).toBe(LIMIT / 2);
    // The ones that came last, which are the smallest in view, made way.
    expect(evicted).toEqual(['1 video 11', '1 video 10', '1 video 9', '1 video 8']);
  });

  it('do not go to and fro', () => {
    takeMany(1, 20);
    takeMany(2, 20);
    evicted = [];
    expect([take(1, 'again'), take(2, 'again')]).toEqual([false, false]);
    expect(evicted).toEqual([]);
  });

  it('go from videos that stand still or are out of sight to those that play', () => {
    takeMany(1, 12);
    takeMany(2, 4);
    time += 4_000;
    for (let index = 0; index < 4; index += 1) places.used(`2 video ${index}`);
    time += 4_000;
    expect(takeMany(3, 12)).toBe(12);
    expect(evicted.every((name) => name.startsWith('1 '))).toBe(true);
    expect(evicted[0]).toBe('1 video 0');
  });

  it('go first to what a person asked for, and stay with it', () => {
    takeMany(1, 12);
    takeMany(2, 4);
    expect(take(2, 'asked', true)).toBe(true);
    expect(take(1, 'asked', true)).toBe(true);
    expect(evicted).toHaveLength(2);
    for (let index = 0; index < 30; index += 1) take(3, `asked ${index}`, true);
    expect(evicted).not.toContain('2 asked');
    expect(evicted).not.toContain('1 asked');
    expect(take(4, 'other')).toBe(false);
  });

  it('are free again when they are left', () => {
    takeMany(1, 12);
    takeMany(2, 4);
    expect(take(2, 'another')).toBe(true);
    places.leave('2 another');
    evicted = [];
    expect(take(2, 'one more')).toBe(true);
    expect(evicted).toEqual([]);
  });

  it('are kept by who has one', () => {
    takeMany(1, 12);
    expect(take(1, 'video 3')).toBe(true);
    expect(evicted).toEqual([]);
  });
});

import { MAX_OPEN_TRACKS } from '@touchstone/shared';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Track } from './track.ts';
import { createWaitingTracks, WAIT_MS, type WaitingTracks } from './waiting-tracks.ts';

let stop: AbortController;
let waiting: WaitingTracks;
let ended: string[];

beforeEach(() => {
  vi.useFakeTimers();
  stop = new AbortController();
  waiting = createWaitingTracks(pino({ level: 'silent' }), stop.signal);
  ended = [];
});
afterEach(() => vi.useRealTimers());

/** A track of which only the end matters here. */
function track(name: string): Track {
  const end = async () => void ended.push(name);
  return { end } as Partial<Track> as Track;
}

describe('waiting tracks', () => {
  it('are ended after a while', () => {
    waiting.keep('browser', 'one', track('one'), '');
    vi.advanceTimersByTime(WAIT_MS - 1);
    expect(ended).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(ended).toEqual(['one']);
    expect(waiting.take('browser', 'one')).toBeUndefined();
  });

  it('are taken once, by their own browser, and not ended then', () => {
    const one = track('one');
    waiting.keep('browser', 'one', one, '');
    expect(waiting.take('another', 'one')).toBeUndefined();
    expect(waiting.take('browser', 'one')).toBe(one);
    expect(waiting.take('browser', 'one')).toBeUndefined();
    vi.advanceTimersByTime(2 * WAIT_MS);
    expect(ended).toEqual([]);
  });

  it('are ended at once when the companion closes, and what comes after that too', () => {
    waiting.keep('browser', 'one', track('one'), '');
    stop.abort();
    expect(ended).toEqual(['one']);
    waiting.keep('browser', 'two', track('two'), '');
    expect(ended).toEqual(['one', 'two']);
  });

  it('are a bounded number: the ones that waited longest are ended', () => {
    for (let i = 0; i < 2 * MAX_OPEN_TRACKS + 2; i++) waiting.keep('browser', `track ${i}`, track(`${i}`), '');
    expect(ended).toEqual(['0', '1']);
  });

  it('are a bounded number of each owner, and whoever has most gives way to others', () => {
    waiting = createWaitingTracks(pino({ level: 'silent' }), stop.signal, 4);
    for (let i = 0; i < 3; i++) waiting.keep('browser of Ann', `track ${i}`, track(`ann ${i}`), 'ann');
    waiting.keep('browser of Ben', 'one', track('ben'), 'ben');
    expect(ended).toEqual([]);
    waiting.keep('browser of Cy', 'one', track('cy'), 'cy');
    waiting.keep('another of Ann', 'one', track('ann again'), 'ann');
    expect(ended).toEqual(['ann 0', 'ann 1']);
    expect(waiting.take('browser of Ben', 'one')).toBeDefined();
  });

  it('survive a log that cannot be written', () => {
    const end = async () => {
      throw new Error('disk full');
    };
    waiting.keep('browser', 'one', { end } as Partial<Track> as Track, '');
    waiting.keep('browser', 'two', track('two'), '');
    expect(() => vi.advanceTimersByTime(WAIT_MS)).not.toThrow();
    expect(ended).toEqual(['two']);
  });
});

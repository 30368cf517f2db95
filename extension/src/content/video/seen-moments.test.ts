import type { TimelineMoment, TrackUpdate } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { sampleRecord } from '../../overlay/card/sample-record.ts';
import { createSeenMoments } from './seen-moments.ts';

const moment = (time: number, probability = 0.4): TimelineMoment => ({
  time,
  probability,
  low: probability / 2,
  high: Math.min(1, probability * 1.5),
  shot: 0,
  faces: [],
});
const update = (change: Partial<TrackUpdate> = {}): TrackUpdate => ({
  type: 'track-update',
  id: 1,
  track: 'track-00',
  verdict: sampleRecord().verdict,
  framesAnalyzed: 1,
  shots: [],
  faceTracks: [],
  wantedRate: 2,
  ...change,
});

describe('what was seen of a video', () => {
  it('is kept in order of time, each time once', () => {
    const store = createSeenMoments();
    for (const time of [1, 3, 2, 3]) store.apply(update({ moment: moment(time, time / 10) }));
    expect(store.seen.moments.map(({ time }) => time)).toEqual([1, 2, 3]);
  });

  it('goes on from moments of an earlier connection', () => {
    const store = createSeenMoments({ framesAnalyzed: 2, moments: [moment(0), moment(1)], shots: [], faceTracks: [] });
    store.apply(update({ moment: moment(0.5) }));
    expect(store.seen.moments.map(({ time }) => time)).toEqual([0, 0.5, 1]);
  });

  it('is what the companion says now of moments that it judged otherwise before', () => {
    const store = createSeenMoments();
    for (const time of [0, 1, 2]) store.apply(update({ moment: moment(time) }));
    store.apply(update({ moment: moment(3), revised: [moment(1, 0.9), moment(1.5, 0.8)] }));
    expect(store.seen.moments.map(({ time, probability }) => [time, probability])).toEqual([
      [0, 0.4],
      [1, 0.9],
      [1.5, 0.8],
      [2, 0.4],
      [3, 0.4],
    ]);
    const before = store.seen.moments;
    store.apply(update());
    expect(store.seen.moments).toBe(before);
  });

  it('is what the record says once there is one', () => {
    const store = createSeenMoments();
    store.apply(update({ moment: moment(1) }));
    const verdict = { ...sampleRecord().verdict, value: 'uncertain' as const };
    const timeline = {
      duration: 4,
      framesAnalyzed: 3,
      moments: [moment(2)],
      shots: [],
      faceTracks: [],
      stoppedEarly: false,
    };
    store.apply(update({ record: sampleRecord({ verdict, timeline }) }));
    expect(store.seen.verdict?.value).toBe('uncertain');
    expect(store.seen.moments.map(({ time }) => time)).toEqual([2]);
  });

  it('stays small on a stream that never ends, and keeps the telling moments', () => {
    const store = createSeenMoments(undefined, 100);
    for (let time = 0; time < 1000; time += 1) store.apply(update({ moment: moment(time, time === 7 ? 0.99 : 0.4) }));
    expect(store.seen.moments.length).toBeLessThanOrEqual(100);
    expect(store.seen.moments.some(({ time }) => time === 7)).toBe(true);
  });
});

import type { TimelineMoment } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { bandPath, linePath, nearestMoment, runsOf, spanOf, timeTicks, xOf, yOf } from './timeline-scale.ts';

const plot = { left: 40, width: 400, top: 10, height: 100, duration: 20 };
const moment = (time: number, probability: number, shot = 0): TimelineMoment => ({
  time,
  probability,
  low: Math.max(0, probability - 0.1),
  high: Math.min(1, probability + 0.1),
  shot,
  faces: [],
});

describe('timeline scale', () => {
  it('maps time to the right and probability upwards, and keeps late moments inside', () => {
    expect([xOf(plot, 0), xOf(plot, 10), xOf(plot, 25)]).toEqual([40, 240, 440]);
    expect([yOf(plot, 1), yOf(plot, 0.5), yOf(plot, 0)]).toEqual([10, 60, 110]);
  });

  it('spans to the last thing known where the length is not', () => {
    expect(spanOf({ duration: null, moments: [moment(3, 0.5)], shots: [] })).toBe(3);
    expect(spanOf({ duration: 10, moments: [], shots: [{ start: 0, end: 12, probability: 0.5, frames: 1 }] })).toBe(12);
    expect(spanOf({ duration: null, moments: [], shots: [] })).toBe(1);
  });

  it.each([
    [20, 400, [0, 5, 10, 15, 20]],
    [7_200, 400, [0, 1_800, 3_600, 5_400, 7_200]],
    [100_000, 128, [0, 50_400]],
  ])('names few round times of %d s', (duration, width, expected) => {
    expect(timeTicks({ ...plot, duration, width })).toEqual(expected);
  });

  it('draws no line over a cut', () => {
    const runs = runsOf([moment(0, 0.2), moment(1, 0.3), moment(2, 0.9, 1), moment(3, 0.2, 2)]);
    expect(runs.map((run) => run.length)).toEqual([2, 1, 1]);
    expect(linePath(plot, runs[0] ?? [])).toBe('M40.0 90.0L60.0 80.0');
    expect(bandPath(plot, runs[1] ?? [])).toBe('M80.0 10.0L80.0 30.0Z');
  });

  it('finds the moment under the pointer', () => {
    const moments = [moment(0, 0.1), moment(4, 0.1), moment(5, 0.1)];
    expect([-3, 1.9, 2.1, 99].map((time) => nearestMoment(moments, time))).toEqual([0, 0, 1, 2]);
    expect(nearestMoment([], 1)).toBe(-1);
  });
});

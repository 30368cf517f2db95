import type { TimelineMoment } from '@touchstone/shared';
import { describe, expect, it } from 'vitest';
import { drawTimeline, momentNear, neighbourOf, placeOf, runsOf, spanOf, timeAt } from './timeline-chart.ts';

const moment = (time: number, probability = 0.5): TimelineMoment => ({
  time,
  probability,
  low: Math.max(0, probability - 0.1),
  high: Math.min(1, probability + 0.1),
  shot: 0,
  faces: [],
});
const every = (count: number, apart: number, from = 0) =>
  Array.from({ length: count }, (_, index) => moment(from + index * apart));

describe('timeline', () => {
  it('covers the whole video, or what was seen of a stream', () => {
    expect(spanOf(60, [], 3)).toEqual({ start: 0, end: 60 });
    expect(spanOf(null, every(2, 1, 100), 101)).toEqual({ start: 100, end: 110 });
    expect(spanOf(null, every(50, 1, 100), 160)).toEqual({ start: 100, end: 160 });
  });

  it('takes a press to the moment that is drawn there', () => {
    const span = { start: 20, end: 70 };
    expect(timeAt(placeOf(33, span), span)).toBeCloseTo(33);
    expect(timeAt(-4, span)).toBe(20);
    expect(placeOf(1e9, span)).toBe(1);
  });

  it('breaks the line where the video was not seen', () => {
    expect(runsOf([...every(5, 0.5), ...every(4, 0.5, 30)]).map((run) => run.length)).toEqual([5, 4]);
    expect(runsOf([])).toEqual([]);
  });

  it('draws high scores at the top, the band around the line, and cuts between shots', () => {
    const shots = [
      { start: 0, end: 5, probability: 0.1, frames: 2 },
      { start: 5, end: 10, probability: 0.9, frames: 2 },
    ];
    const drawing = drawTimeline([moment(0, 0.2), moment(1, 0.9)], shots, { start: 0, end: 10 });
    expect(drawing.line).toBe('M0 80L100 10');
    expect(drawing.band).toBe('M0 70L100 0L100 20L0 90Z');
    expect(drawing.cuts).toBe('M500 0V100');
  });

  it('shows a moment that stands alone', () => {
    expect(drawTimeline([moment(5, 0.5)], [], { start: 0, end: 10 }).line).toBe('M498 50H502');
  });

  it('finds moments near a time and beside it', () => {
    const moments = every(4, 1);
    expect(momentNear(moments, 1.4, 0.6)?.time).toBe(1);
    expect(momentNear(moments, 9, 0.6)).toBeUndefined();
    expect(neighbourOf(moments, 1.01, 1)?.time).toBe(2);
    expect(neighbourOf(moments, 1.01, -1)?.time).toBe(0);
    expect(neighbourOf(moments, 3, 1)).toBeUndefined();
  });
});

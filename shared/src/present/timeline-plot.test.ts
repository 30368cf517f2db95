import { describe, expect, it } from 'vitest';
import type { TimelineMoment } from '../timeline.ts';
import { momentNear, nearestMoment, neighbourOf } from './moments.ts';
import { plotPaths } from './plot-paths.ts';
import { placeOf, plotTimeline, segmentsOf, timeAt, timelineSpan, timeTicks } from './timeline-plot.ts';

const moment = (time: number, probability = 0.5, shot = 0): TimelineMoment => ({
  time,
  probability,
  low: Math.max(0, probability - 0.1),
  high: Math.min(1, probability + 0.1),
  shot,
  faces: [],
});
const every = (count: number, apart: number, from = 0) =>
  Array.from({ length: count }, (_, index) => moment(from + index * apart));
const shot = (start: number, end: number, probability = 0.5) => ({ start, end, probability, frames: 2 });
const plain = { duration: 10, shots: [], faceTracks: [] };
const area = { left: 0, top: 0, width: 1000, height: 100 };

describe('time axis', () => {
  it('covers the whole video, or what was seen of one whose length nobody knows', () => {
    expect(timelineSpan({ duration: 60, moments: [], shots: [] }, 3)).toEqual({ start: 0, end: 60 });
    expect(timelineSpan({ duration: 10, moments: [], shots: [shot(0, 12)] })).toEqual({ start: 0, end: 12 });
    expect(timelineSpan({ duration: null, moments: every(50, 1, 100), shots: [] })).toEqual({ start: 100, end: 149 });
    expect(timelineSpan({ duration: null, moments: [moment(3)], shots: [] })).toEqual({ start: 3, end: 4 });
    expect(timelineSpan({ duration: null, moments: [], shots: [] })).toEqual({ start: 0, end: 1 });
  });

  it('grows under the playhead of a live stream, which its first frames do not fill', () => {
    expect(timelineSpan({ duration: null, moments: every(2, 1, 100), shots: [] }, 101)).toEqual({
      start: 100,
      end: 110,
    });
    expect(timelineSpan({ duration: null, moments: every(50, 1, 100), shots: [] }, 160)).toEqual({
      start: 100,
      end: 160,
    });
  });

  it('takes a press to the moment that is drawn there', () => {
    const span = { start: 20, end: 70 };
    expect(timeAt(placeOf(33, span), span)).toBeCloseTo(33);
    expect(timeAt(-4, span)).toBe(20);
    expect(placeOf(1e9, span)).toBe(1);
  });

  it.each([
    [{ start: 0, end: 20 }, 6, [0, 5, 10, 15, 20]],
    [{ start: 0, end: 7_200 }, 6, [0, 1_800, 3_600, 5_400, 7_200]],
    [{ start: 0, end: 100_000 }, 2, [0, 50_400]],
    [{ start: 1_001, end: 1_019 }, 6, [1_005, 1_010, 1_015]],
    [{ start: 0, end: 0.04 }, 0, [0]],
  ])('names few round times of %o', (span, room, expected) => {
    expect(timeTicks(span, room)).toEqual(expected);
  });
});

describe('plot', () => {
  it('breaks where the video was not seen, and at cuts', () => {
    expect(segmentsOf([...every(5, 0.5), ...every(4, 0.5, 30)]).map((run) => run.length)).toEqual([5, 4]);
    const cut = [moment(0, 0.2), moment(1, 0.3), moment(2, 0.9, 1), moment(3, 0.2, 2)];
    expect(segmentsOf(cut).map((run) => run.length)).toEqual([2, 1, 1]);
    expect(segmentsOf([])).toEqual([]);
  });

  it('stays whole where all moments lie far apart', () => {
    expect(segmentsOf(every(20, 5))).toHaveLength(1);
  });

  it('draws high scores at the top, the uncertainty around the line, and cuts between shots', () => {
    const shots = [shot(0, 5), shot(5, 10)];
    const plot = plotTimeline({ ...plain, moments: [moment(0, 0.2), moment(1, 0.9)], shots });
    expect(plotPaths(plot, area)).toEqual({
      line: 'M0 80L100 10',
      area: 'M0 70L100 0L100 20L0 90Z',
      cuts: 'M500 0V100',
    });
  });

  it('shows a moment that stands alone', () => {
    const paths = plotPaths(plotTimeline({ ...plain, moments: [moment(5, 0.5)] }), area);
    expect(paths.line).toBe('M498 50H502');
    expect(paths.area).toBe('M498 40H502V60H498Z');
  });

  it('says for shots and faces which side they speak for', () => {
    const face = { track: 3, start: 5, end: 10, frames: 4, probability: 0.2 };
    const thresholds = { fakeAbove: 0.9, realBelow: 0.3 };
    const plot = plotTimeline({
      ...plain,
      moments: [],
      shots: [shot(0, 5, 0.95), shot(5, 10)],
      faceTracks: [face],
      thresholds,
    });
    expect(plot.shots).toEqual([
      { from: 0, to: 0.5, probability: 0.95, step: 'likely-ai' },
      { from: 0.5, to: 1, probability: 0.5, step: 'unclear' },
    ]);
    expect(plot.faces).toEqual([{ from: 0.5, to: 1, probability: 0.2, step: 'likely-authentic', track: 3 }]);
    expect(plot.thresholds?.fakeAbove).toBeCloseTo(0.1);
  });
});

describe('moments', () => {
  it('are found near a time and beside it', () => {
    const moments = every(4, 1);
    expect(momentNear(moments, 1.4, 0.6)?.time).toBe(1);
    expect(momentNear(moments, 9, 0.6)).toBeUndefined();
    expect(neighbourOf(moments, 1.01, 1)?.time).toBe(2);
    expect(neighbourOf(moments, 1.01, -1)?.time).toBe(0);
    expect(neighbourOf(moments, 3, 1)).toBeUndefined();
    expect([-3, 1.4, 1.6, 99].map((time) => nearestMoment(moments, time))).toEqual([0, 1, 2, 3]);
    expect(nearestMoment([], 1)).toBe(-1);
  });
});

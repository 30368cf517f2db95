import { MAX_TIMELINE_MOMENTS, Timeline } from '@touchstone/shared';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { timelineVerdict } from '../verdict/fixtures/timeline-verdict.ts';
import { createTimeline, type VideoTimeline } from './create-timeline.ts';
import { frames, repeat, scene, THRESHOLDS } from './fixtures/sequences.ts';
import type { JudgedMoment } from './judged-moment.ts';

const verdictOf = (timeline: VideoTimeline) => timelineVerdict(timeline, THRESHOLDS);

function judge(given: readonly JudgedMoment[], duration: number | null = given.length / 2) {
  const timeline = createTimeline({ thresholds: THRESHOLDS, duration });
  for (const frame of given) timeline.add(frame);
  return { timeline, ...timeline.seen(), verdict: verdictOf(timeline) };
}
const codes = (list: readonly { readonly code: string }[]): string[] => list.map(({ code }) => code);

describe('a timeline', () => {
  it('says nothing before there is enough to say it', () => {
    const { verdict, wantedRate, settled } = judge(frames(repeat(9, 5)), 60);
    expect(verdict).toMatchObject({ value: 'uncertain', confidence: 'low' });
    expect(verdict.caveats[0]?.code).toBe('video-few-frames');
    expect(wantedRate).toBe(4);
    expect(settled).toBe(false);
  });
  it('needs fewer frames of a clip that has no more', () => {
    expect(judge(frames(repeat(9, 4)), 2).verdict.value).toBe('fake');
    expect(judge(frames(repeat(9, 3)), 1.5).verdict.value).toBe('uncertain');
  });
  it.each([
    [6, 'fake', 'video-looks-generated'],
    [-6, 'real', 'video-looks-camera'],
    [1, 'uncertain', 'video-leans-ai'],
    [0, 'uncertain', 'video-undecided'],
    [-0.6, 'uncertain', 'video-leans-camera'],
  ])('of frames at %d is %s', (logit, value, code) => {
    const { verdict } = judge(frames(repeat(logit, 12)));
    expect(verdict.value).toBe(value);
    expect(codes(verdict.reasons)).toEqual([code]);
  });
  it('finds a generated insert between cuts and names it', () => {
    const logits = [...repeat(-4, 10), ...repeat(7, 6), ...repeat(-4, 10)];
    const { verdict, shots } = judge(frames(logits, (i) => (i >= 10 && i < 16 ? 1 : 0)));
    expect(verdict.value).toBe('fake');
    expect(verdict.reasons[0]).toMatchObject({ code: 'video-part-generated', details: { from: '0:05', to: '0:07' } });
    expect(shots.map(({ start, frames: count }) => [start, count])).toEqual([
      [0, 10],
      [5, 6],
      [8, 10],
    ]);
  });
  it('finds it where no cut was seen', () => {
    const { verdict } = judge(frames([...repeat(-4, 10), ...repeat(7, 6), ...repeat(-4, 10)]));
    expect(verdict.reasons[0]?.code).toBe('video-part-generated');
  });
  it('is not called authentic for the rest of it', () => {
    const { verdict } = judge(
      frames([...repeat(-4, 10), ...repeat(1, 6), ...repeat(-4, 10)], (i) => (i >= 10 && i < 16 ? 1 : 0)),
    );
    expect(verdict.value).toBe('uncertain');
  });
  it('asks more of a part the more shots there are', () => {
    // Twelve scenes of five frames; one of them is a little above the threshold.
    const logits = Array.from({ length: 60 }, (_, i) => (i >= 30 && i < 35 ? 4 : -4));
    const { verdict } = judge(frames(logits, (i) => Math.floor(i / 5)));
    expect(verdict.value).toBe('uncertain');
    expect(codes(verdict.reasons)).toEqual(['video-part-generated']);
  });
  it('tells of a face that differs from the picture around it, and of what is not covered', () => {
    const face = { x: 0.4, y: 0.2, width: 0.2, height: 0.3, track: 0 };
    const given = frames(repeat(-3, 12)).map((frame, i) => ({
      ...frame,
      faces: [{ ...face, ...(i % 2 === 0 && { logit: 5 }) }],
    }));
    const { verdict, faceTracks } = judge(given);
    expect(verdict.value).toBe('uncertain');
    expect(verdict.reasons[0]).toMatchObject({ code: 'video-face-differs', details: { track: 0 } });
    expect(codes(verdict.caveats)).toContain('face-swap-not-covered');
    expect(faceTracks).toEqual([expect.objectContaining({ track: 0, start: 0, end: 5, frames: 6 })]);
  });
  it('says that only a part was seen', () => {
    expect(codes(judge(frames(repeat(-6, 12)), 60).verdict.caveats)).toContain('video-part-seen');
    expect(codes(judge(frames(repeat(-6, 12)), 6).verdict.caveats)).not.toContain('video-part-seen');
  });
});

describe('the end', () => {
  it('comes early when the rest cannot take "Likely AI" back', () => {
    const { settled, wantedRate } = judge(frames(repeat(9, 20)), 120);
    expect(settled).toBe(true);
    expect(wantedRate).toBe(0.5);
  });
  it('does not come early while a generated part may follow', () => {
    expect(judge(frames(repeat(-9, 20)), 120).settled).toBe(false);
  });
  it('comes when everything was seen, and never in an endless stream', () => {
    expect(judge(frames(repeat(-9, 20)), 10).settled).toBe(true);
    expect(judge(frames(repeat(9, 200)), null).settled).toBe(false);
  });
});

describe('long videos', () => {
  // Enough to merge most of what is kept, and what was merged.
  const FRAMES = 2 * MAX_TIMELINE_MOMENTS + 500;
  const timeline = createTimeline({ thresholds: THRESHOLDS, duration: null });
  for (let i = 0; i < FRAMES; i++) {
    const generated = i >= 3_000 && i < 3_040;
    timeline.add({ time: i / 2, logit: generated ? 9 : -4 + (i % 3) / 4, signature: scene(generated ? 1 : 0) });
  }
  const snapshot = timeline.snapshot();
  it('keep a bounded number of moments and lose no frame and no insert', () => {
    expect(v.is(Timeline, snapshot)).toBe(true);
    expect(snapshot.moments.length).toBeLessThanOrEqual(MAX_TIMELINE_MOMENTS);
    expect(snapshot.framesAnalyzed).toBe(FRAMES);
    expect(snapshot.shots).toHaveLength(3);
    const [reason] = verdictOf(timeline).reasons;
    expect(reason).toMatchObject({ code: 'video-part-generated', details: { from: '25:00' } });
  });
  it('count no merged moment twice', () => {
    for (let i = 0; i < 500; i++) timeline.add({ time: i / 2 + 0.1, logit: -4, signature: scene(0) });
    expect(timeline.snapshot().framesAnalyzed).toBe(FRAMES);
  });
});

it.each([
  [Number.NaN, 0],
  [-1, 0],
  [Number.POSITIVE_INFINITY, 0],
  [1, Number.NaN],
])('refuses time %d with log-odds %d', (time, logit) => {
  const timeline = createTimeline({ thresholds: THRESHOLDS, duration: null });
  expect(() => timeline.add({ time, logit })).toThrow(RangeError);
  expect(timeline.snapshot().framesAnalyzed).toBe(0);
});

describe('second opinions', () => {
  const withSeconds = (first: number, second: number, times: readonly number[]) => {
    const { timeline } = judge(frames(repeat(first, 12)));
    for (const time of times) timeline.addSecond(time, second);
    return timeline;
  };
  it('correct a whole shot when there are three', () => {
    const timeline = withSeconds(1, 7, [0, 2, 4]);
    expect(verdictOf(timeline).value).toBe('fake');
    expect(timeline.snapshot().moments.every(({ probability }) => probability > 0.99)).toBe(true);
    expect(verdictOf(withSeconds(1, -7, [0, 2, 4])).value).toBe('real');
  });
  it('of fewer than three correct a shot, but do not call it generated', () => {
    expect(verdictOf(withSeconds(1, -7, [3])).value).toBe('real');
    expect(verdictOf(withSeconds(-3, 12, [0, 2])).value).toBe('uncertain');
    // Of two the one that changes less counts.
    expect(verdictOf(withSeconds(-3, 12, [0])).value).toBe('uncertain');
    const two = withSeconds(-3, 12, [0]);
    two.addSecond(2, -3);
    expect(verdictOf(two).value).toBe('real');
  });
  it('say nothing at times without a moment or without a number', () => {
    expect(verdictOf(withSeconds(-3, 12, [0.1, 7, 99])).value).toBe('real');
    expect(verdictOf(withSeconds(-3, Number.NaN, [0, 1, 2])).value).toBe('real');
  });
  it('of which one is wrong change nothing', () => {
    const timeline = withSeconds(-3, -3, [0, 1, 2]);
    timeline.addSecond(3, 12);
    expect(verdictOf(timeline).value).toBe('real');
  });
  it('stay in their shot', () => {
    const { timeline } = judge(frames(repeat(-3, 20), (i) => (i < 10 ? 0 : 1)));
    for (const time of [0, 1, 2]) timeline.addSecond(time, 9);
    const [first, second] = timeline.seen().shots;
    expect(first?.probability).toBeGreaterThan(0.99);
    expect(second?.probability).toBeLessThan(0.1);
  });
  it('name a part that stands out from the rest, even if it is not clearly generated', () => {
    const insert = (contrast: number, seconds: readonly number[], around = -2) => {
      const logits = [...repeat(around, 8), ...repeat(around + contrast, 6), ...repeat(around, 8)];
      const { timeline } = judge(frames(logits, (i) => (i >= 8 && i < 14 ? 1 : 0)));
      for (const time of seconds) timeline.addSecond(time, around + contrast);
      return verdictOf(timeline);
    };
    const found = insert(4.5, [4, 5, 6]);
    expect(found).toMatchObject({
      value: 'uncertain',
      reasons: [{ code: 'video-part-differs', details: { from: '0:04' } }],
    });
    expect(codes(insert(4.5, [4, 5]).reasons)).toEqual(['video-undecided']);
    expect(codes(insert(3.5, [4, 5, 6]).reasons)).toEqual(['video-undecided']);
    // Nearly above the line, but so is the rest.
    expect(codes(insert(2, [4, 5, 6], 1).reasons)).toEqual(['video-leans-ai']);
    expect(codes(insert(2, [4, 5, 6], 0.5).reasons)).toEqual(['video-leans-ai']);
  });
  it('are wanted first where a shot looks generated and is not confirmed, then in shots without one', () => {
    const { timeline } = judge(
      frames([...repeat(-3, 12), ...repeat(0, 4), ...repeat(5, 4)], (i) => [0, 0, 0, 1, 2][i >> 2] ?? 0),
    );
    const starts = () => timeline.unsure().map(({ start }) => start);
    // The most generated looking, then the longest, then the other.
    expect(starts()).toEqual([8, 0, 6]);
    for (const [time, logit] of [
      [1, -3],
      [6.5, 8],
      [8.5, -5],
    ] as const) {
      timeline.addSecond(time, logit);
    }
    // The third looked generated before its one opinion, the second does since; the first has what it needs.
    expect(starts()).toEqual([8, 6]);
    for (const time of [6, 7, 8, 9]) timeline.addSecond(time, time < 8 ? 8 : -5);
    expect(starts()).toEqual([]);
    expect(verdictOf(timeline).reasons[0]).toMatchObject({ code: 'video-part-generated' });
  });
  it('are wanted until a shot has enough of them', () => {
    const timeline = withSeconds(1, -5, [0, 1, 2, 3, 4]);
    expect(timeline.wantsSecond(5)).toBe(true);
    timeline.addSecond(5, -5);
    expect(timeline.wantsSecond(5)).toBe(false);
  });
});

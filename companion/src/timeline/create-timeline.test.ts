import { describe, expect, it } from 'vitest';
import type { FrameSignature } from '../pipeline/frame-judge.ts';
import { createTimeline } from './create-timeline.ts';
import type { JudgedMoment } from './judged-moment.ts';

const thresholds = { fakeAbove: 0.95, realBelow: 0.3 };

/** A scene that has nothing in common with a scene of another number. */
function scene(number: number): FrameSignature {
  const grey = Uint8Array.from(
    { length: 1024 },
    (_, i) => ((i * 7 + number * 5) % 16 < 8 ? 20 : 90) + (number % 2) * 140,
  );
  return { grey, hash: (number % 2 ? 'f0' : '0f').repeat(8) };
}

/** Two frames a second, one log-odds a frame. */
const frames = (logits: readonly number[], sceneOf: (i: number) => number = () => 0): JudgedMoment[] =>
  logits.map((logit, i) => ({ time: i / 2, logit, signature: scene(sceneOf(i)) }));

function judge(given: readonly JudgedMoment[], duration: number | null = given.length / 2) {
  const timeline = createTimeline({ thresholds, duration });
  for (const frame of given) timeline.add(frame);
  return { timeline, ...timeline.verdict() };
}
const repeat = (logit: number, times: number): number[] => Array.from({ length: times }, () => logit);

describe('a timeline', () => {
  it('says nothing before there is enough to say it', () => {
    const { verdict, wantedRate, settled } = judge(frames(repeat(9, 5)), 60);
    expect(verdict).toMatchObject({ value: 'uncertain', confidence: 'low' });
    expect(verdict.caveats[0]?.code).toBe('video-few-frames');
    expect(wantedRate).toBe(4);
    expect(settled).toBe(false);
  });
  it.each([
    [6, 'fake', 'video-looks-generated'],
    [-6, 'real', 'video-looks-camera'],
    [1, 'uncertain', 'video-undecided'],
  ])('of frames at %d is %s', (logit, value, code) => {
    const { verdict } = judge(frames(repeat(logit, 12)));
    expect(verdict.value).toBe(value);
    expect(verdict.reasons.map((reason) => reason.code)).toEqual([code]);
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
});

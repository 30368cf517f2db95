import { describe, expect, it } from 'vitest';
import { createTimeline } from './create-timeline.ts';
import type { FrameSignature } from './frame-signature.ts';
import type { JudgedFrame } from './judged-frame.ts';

const thresholds = { fakeAbove: 0.95, realBelow: 0.3 };

/** A scene that has nothing in common with a scene of another number. */
function scene(number: number): FrameSignature {
  const spread = (size: number): Uint8Array =>
    Uint8Array.from({ length: size }, (_, i) => ((i * 7 + number * 5) % 16 < 8 ? 0 : 255));
  const colours = new Uint8Array(64);
  colours[(number * 11) % 64] = 255;
  return { luma: spread(64), colours, hash: (number % 2 ? 'f0' : '0f').repeat(8) };
}

/** Two frames a second, one log-odds a frame. */
const frames = (logits: readonly number[], sceneOf: (i: number) => number = () => 0): JudgedFrame[] =>
  logits.map((logit, i) => ({ time: i / 2, logit, signature: scene(sceneOf(i)) }));

function judge(given: readonly JudgedFrame[], duration: number | null = given.length / 2) {
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

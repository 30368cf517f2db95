import fc from 'fast-check';
import { expect, it } from 'vitest';
import { timelineVerdict } from '../verdict/fixtures/timeline-verdict.ts';
import { createTimeline } from './create-timeline.ts';
import { frames, THRESHOLDS } from './fixtures/sequences.ts';
import type { JudgedMoment } from './judged-moment.ts';
import { trimmedMean } from './pooling.ts';

const camera = fc.double({ min: -8, max: -1, noNaN: true });
const generated = fc.double({ min: 6, max: 12, noNaN: true });
const anything = fc.double({ min: -12, max: 12, noNaN: true });

function verdictOf(given: readonly JudgedMoment[], duration: number | null = null) {
  const timeline = createTimeline({ thresholds: THRESHOLDS, duration });
  for (const frame of given) timeline.add(frame);
  return timelineVerdict(timeline, THRESHOLDS);
}

it('one bad moment never flips a real clip, wherever it is and whether it is a shot of its own', () => {
  fc.assert(
    fc.property(fc.array(camera, { minLength: 7, maxLength: 60 }), fc.nat(), fc.boolean(), (logits, where, alone) => {
      const at = where % logits.length;
      const spoiled = logits.map((logit, i) => (i === at ? 13.8 : logit));
      const value = verdictOf(frames(spoiled, (i) => (alone && i === at ? 1 : 0))).value;
      expect(value).not.toBe('fake');
      expect(value).toBe(verdictOf(frames(logits)).value);
    }),
  );
});

it('a generated run in a real clip is found and named within half a second', () => {
  const clip = fc.record({
    before: fc.array(camera, { minLength: 6, maxLength: 30 }),
    insert: fc.array(generated, { minLength: 4, maxLength: 10 }),
    after: fc.array(camera, { minLength: 6, maxLength: 30 }),
  });
  fc.assert(
    fc.property(clip, fc.boolean(), ({ before, insert, after }, cut) => {
      const inside = (i: number): boolean => i >= before.length && i < before.length + insert.length;
      const given = frames([...before, ...insert, ...after], (i) => (cut && inside(i) ? 1 : 0));
      const reason = verdictOf(given).reasons[0];
      // So much of the clip is generated that it looks so as a whole: then no part is named.
      if (reason?.code === 'video-looks-generated') return;
      expect(reason?.code).toBe('video-part-generated');
      expect(Math.abs(Number(reason?.details.fromSeconds) - before.length / 2)).toBeLessThanOrEqual(0.5);
      const end = (before.length + insert.length - 1) / 2;
      expect(Math.abs(Number(reason?.details.toSeconds) - end)).toBeLessThanOrEqual(0.5);
    }),
  );
});

it('order of arrival does not matter, and duplicates do not count', () => {
  const clip = fc.array(anything, { minLength: 1, maxLength: 40 }).chain((logits) => {
    const given = frames(logits, (i) => Math.floor(i / 7));
    return fc.tuple(
      fc.constant(given),
      fc.shuffledSubarray([...given, ...given], { minLength: 2 * given.length, maxLength: 2 * given.length }),
    );
  });
  fc.assert(
    fc.property(clip, ([given, shuffled]) => {
      const [a, b] = [given, shuffled].map((list) => {
        const timeline = createTimeline({ thresholds: THRESHOLDS, duration: 30 });
        for (const frame of list) timeline.add(frame);
        return { ...timeline.seen(), snapshot: timeline.snapshot() };
      });
      expect(b).toEqual(a);
    }),
  );
});

it('the verdict never contradicts its probability', () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 50 }), fc.nat({ max: 8 }), (logits, length) => {
      const { value, probability } = verdictOf(frames(logits, (i) => Math.floor(i / (length + 2))));
      if (value === 'fake') expect(probability).toBeGreaterThan(THRESHOLDS.fakeAbove);
      else if (value === 'real') expect(probability).toBeLessThan(THRESHOLDS.realBelow);
      else {
        expect(probability).toBeGreaterThanOrEqual(THRESHOLDS.realBelow);
        expect(probability).toBeLessThanOrEqual(THRESHOLDS.fakeAbove);
      }
    }),
  );
});

it('fewer than six moments never accuse a long video', () => {
  fc.assert(
    fc.property(fc.array(generated, { minLength: 1, maxLength: 5 }), (logits) => {
      expect(verdictOf(frames(logits), 60).value).toBe('uncertain');
    }),
  );
});

it('the trimmed mean lies between the second lowest and the second highest value', () => {
  fc.assert(
    fc.property(fc.array(anything, { minLength: 3, maxLength: 50 }), (logits) => {
      const sorted = logits.toSorted((a, b) => a - b);
      const pooled = trimmedMean(logits.map((logit) => ({ logit, frames: 1 })));
      expect(pooled).toBeGreaterThanOrEqual((sorted[1] ?? 0) - 1e-9);
      expect(pooled).toBeLessThanOrEqual((sorted.at(-2) ?? 0) + 1e-9);
    }),
  );
});

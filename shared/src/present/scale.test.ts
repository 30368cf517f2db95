import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../verdict.ts';
import { alignVerdict } from './align-verdict.ts';
import { searchable } from './next-steps.ts';
import { heldUnclear, STEPS, scaleMarks, stepAt, stepOf, stepRange } from './scale.ts';
import { STEP_SHAPES } from './step-shapes.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const declared = fc.record({
  realBelow: fc.double({ min: 0, max: 0.5, noNaN: true }),
  fakeAbove: fc.double({ min: 0.5, max: 1, noNaN: true }),
});

describe('the scale', () => {
  it('has its marks in order, whatever a pack declares', () => {
    fc.assert(
      fc.property(declared, (thresholds) => {
        const { realBelow, leansAuthentic, leansAi, fakeAbove } = scaleMarks(thresholds);
        expect([realBelow, leansAuthentic, 0.5, leansAi, fakeAbove].toSorted((a, b) => a - b)).toEqual([
          realBelow,
          leansAuthentic,
          0.5,
          leansAi,
          fakeAbove,
        ]);
      }),
    );
  });
  it('goes one way: a higher chance of AI is never a word nearer to authentic', () => {
    fc.assert(
      fc.property(declared, share, share, (thresholds, a, b) => {
        const marks = scaleMarks(thresholds);
        const place = (probability: number) => STEPS.indexOf(stepAt(probability, marks));
        if (a <= b) expect(place(a)).toBeGreaterThanOrEqual(place(b));
      }),
    );
  });
  it('a number that is held lies where nothing leans', () => {
    fc.assert(
      fc.property(declared, share, (thresholds, probability) => {
        const marks = scaleMarks(thresholds);
        fc.pre(marks.leansAi - marks.leansAuthentic > 1e-6);
        expect(stepAt(heldUnclear(probability, marks), marks)).toBe('unclear');
      }),
    );
  });
  it('its ranges cover it without a gap', () => {
    const marks = scaleMarks({ realBelow: 0.2, fakeAbove: 0.9 });
    const ranges = STEPS.map((step) => stepRange(step, marks));
    expect(ranges).toEqual([
      [0.9, 1],
      [0.6, 0.9],
      [0.4, 0.6],
      [0.2, 0.4],
      [0, 0.2],
    ]);
  });
});

describe('a record of an earlier version', () => {
  const old = (probability: number, change: Partial<Verdict> = {}): Verdict => ({
    value: 'uncertain',
    probability,
    confidence: 'low',
    reasons: [
      { code: 'model-undecided', direction: 'neutral', text: 'The model cannot tell this picture apart.', details: {} },
    ],
    caveats: [],
    ...change,
  });
  it.each([
    [0.96, 'leans-ai', 'model-leans-ai', 'high'],
    [0.7, 'leans-ai', 'model-leans-ai', 'medium'],
    [0.5, 'unclear', 'model-undecided', 'low'],
    [0.3, 'leans-authentic', 'model-leans-camera', 'medium'],
  ])('at %d is shown as %s, with a reason of its direction', (probability, step, code, confidence) => {
    const verdict = alignVerdict(old(probability));
    expect(stepOf(verdict)).toBe(step);
    expect(verdict).toMatchObject({ value: 'uncertain', probability, confidence });
    expect(verdict.reasons.map((reason) => reason.code)).toEqual([code]);
  });
  it('that was too small to judge leans nowhere, and its number does not say otherwise', () => {
    const verdict = alignVerdict(old(0.95, { caveats: [{ code: 'very-small-picture', text: '' }] }));
    expect(stepOf(verdict)).toBe('unclear');
    expect(verdict.probability).toBeCloseTo(0.6, 2);
  });
  it('keeps a word that is newer than this version', () => {
    const reason = {
      code: 'shadow-disagrees',
      direction: 'neutral',
      text: 'The shadows disagree.',
      details: {},
    } as const;
    expect(alignVerdict(old(0.5, { reasons: [reason] })).reasons).toEqual([reason]);
  });
});

describe('an address that a search may be told', () => {
  it.each([
    ['https://example.org/a.jpg?w=1#x', 'https://example.org/a.jpg?w=1'],
    ['http://example.org/a.jpg', 'http://example.org/a.jpg'],
    ['data:image/png;base64,AA', undefined],
    ['https://me:word@example.org/a.jpg', undefined],
    ['http://127.0.0.1/a.jpg', undefined],
    ['http://nas.local/a.jpg', undefined],
    [undefined, undefined],
  ])('%s', (address, told) => {
    expect(searchable(address)).toBe(told);
  });
});

it('a step is told by its shape too: full where it accuses or acquits, an outline where it leans', () => {
  expect(STEPS.filter((step) => STEP_SHAPES[step].full)).toEqual(
    STEPS.filter((step) => step === 'likely-ai' || step === 'likely-authentic'),
  );
  const looks = STEPS.map((step) => `${STEP_SHAPES[step].path} ${STEP_SHAPES[step].full}`);
  expect(new Set(looks).size).toBe(STEPS.length);
});

import type { Evidence } from '@touchstone/shared';
import { alignVerdict } from '@touchstone/shared/present';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finding } from '../evidence/finding.ts';
import { fuse } from './fuse.ts';
import type { VerdictFacts } from './picture-facts.ts';

const thresholds = { fakeAbove: 0.85, realBelow: 0.3 };
const plain: VerdictFacts = {
  path: 'original-bytes',
  kind: 'image',
  shorterSide: 1080,
  minimumSide: 200,
  frames: 1,
  flatness: 0.1,
  jpegQuality: 90,
  quickOnly: false,
  disagree: false,
};
const classifier = (pack = 'quick'): Evidence => finding('classifier', 'neutral', 0.1, 'model-undecided', { pack });
const generator = finding('metadata', 'ai', 0.98, 'generator-metadata', { generator: 'ComfyUI' });
const parts = finding('metadata', 'ai', 0.6, 'declared-ai-parts', {});
const camera = finding('metadata', 'camera', 0.1, 'camera-metadata', { camera: 'Nikon D850' });
const signedCamera = finding('provenance', 'camera', 0.98, 'c2pa-camera', { signer: 'Leica Camera AG' });
const byUnknown = (origin: string): Evidence =>
  finding('provenance', 'ai', 0.5, 'c2pa-ai-unknown-signer', { signer: 'Somebody', origin });

const judge = (probability: number, evidence: Evidence[] = [], facts: Partial<VerdictFacts> = {}) =>
  fuse([classifier(), ...evidence], probability, 'quick', thresholds, { ...plain, ...facts });

describe('fusion table', () => {
  it('row 1: a trusted capture manifest against a generator’s settings is uncertain, with both reasons first', () => {
    for (const probability of [0.01, 0.5, 0.99]) {
      const verdict = judge(probability, [camera, signedCamera, generator]);
      expect(verdict).toMatchObject({ value: 'uncertain', confidence: 'low' });
      expect(verdict.reasons.slice(0, 2).map(({ code }) => code)).toEqual(['c2pa-camera', 'generator-metadata']);
    }
  });
  it('row 1: a trusted capture manifest against declared parts is uncertain too, and says why', () => {
    for (const probability of [0.01, 0.5, 0.99]) {
      const verdict = judge(probability, [signedCamera, parts]);
      expect(verdict).toMatchObject({ value: 'uncertain', leaning: 'none' });
      expect(verdict.caveats[0]?.code).toBe('file-contradicts');
    }
  });
  it.each([0.01, 0.5, 0.99])('row 2: a generator’s settings decide over %d', (probability) => {
    const verdict = judge(probability, [camera, generator]);
    expect(verdict).toMatchObject({ value: 'fake', confidence: 'high' });
    expect(verdict.probability).toBeGreaterThanOrEqual(0.97);
    expect(verdict.reasons.map(({ code }) => code)).toEqual([
      'generator-metadata',
      'model-outweighed',
      'camera-metadata',
    ]);
  });
  it.each([
    ['a trusted AI manifest', finding('provenance', 'ai', 0.98, 'c2pa-ai', { signer: 'OpenAI' })],
    ['a generator’s name', finding('metadata', 'ai', 0.94, 'generator-software', { generator: 'Grok' })],
    ['an IPTC declaration', finding('metadata', 'ai', 0.95, 'declared-ai-source', {})],
    ['the Chinese label', finding('metadata', 'ai', 0.94, 'china-aigc-label', { producer: null })],
    ['a watermark', finding('metadata', 'ai', 0.96, 'watermark-stable-diffusion', { generator: 'SDXL' })],
    ['an AI manifest of an unknown signer', byUnknown('ai')],
  ])('row 2: %s decides, and comes first', (_, one) => {
    const verdict = judge(0.01, [one]);
    expect(verdict).toMatchObject({ value: 'fake', confidence: 'high' });
    expect(verdict.reasons[0]?.code).toBe(one.code);
  });
  describe('row 5a: a face with traces of blending', () => {
    const face = finding('face', 'ai', 1, 'face-blending', {
      pack: 'thorough',
      x: 0.4,
      y: 0.1,
      width: 0.2,
      height: 0.3,
    });
    const own = (probability: number): Evidence =>
      finding('classifier', 'neutral', 0.1, 'model-undecided', { pack: 'quick', probability });
    const judged = (probability: number, more: Evidence[] = [], facts: Partial<VerdictFacts> = {}) =>
      fuse([own(probability), face, ...more], probability, 'quick', thresholds, { ...plain, ...facts });

    it.each([0.01, 0.35, 0.5])('leans to AI over %d, says so first, and nothing of the model', (probability) => {
      const verdict = judged(probability);
      expect(verdict).toMatchObject({ value: 'uncertain', leaning: 'ai' });
      expect(verdict.reasons.map(({ code, direction }) => [code, direction])).toEqual([
        ['face-blending', 'ai'],
        ['model-blind-to-faces', 'neutral'],
      ]);
      expect(alignVerdict(verdict)).toEqual(verdict);
    });
    it('accuses nobody: at no number that would not accuse without it', () => {
      fc.assert(
        fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), (probability) => {
          const without = fuse([own(probability)], probability, 'quick', thresholds, plain).value;
          const value = judged(probability).value;
          expect(value).toBe(without === 'fake' ? 'fake' : 'uncertain');
        }),
      );
    });
    it('never lowers the number, and leans to AI wherever the model alone decides nothing else', () => {
      fc.assert(
        fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), fc.boolean(), (probability, named) => {
          const more = named ? [camera] : [];
          const without = fuse([own(probability), ...more], probability, 'quick', thresholds, plain);
          const verdict = judged(probability, more);
          expect(verdict.probability).toBeGreaterThanOrEqual(without.probability);
          expect(verdict.leaning).toBe('ai');
        }),
      );
    });
    it('takes nothing back that the file decides, and contradicts nobody', () => {
      expect(judged(0.2, [signedCamera])).toMatchObject({ value: 'real', leaning: 'authentic' });
      expect(judged(0.2, [generator])).toMatchObject({ value: 'fake' });
    });
    it('decides nothing about pictures that are out of scope', () => {
      const verdict = judged(0.2, [], { flatness: 0.9 });
      expect(verdict).toMatchObject({ value: 'uncertain', leaning: 'none' });
      expect(verdict.reasons.map(({ code }) => code)).not.toContain('face-blending');
    });
  });
  it('row 2 holds for small pictures too, with the caveat', () => {
    const verdict = judge(0.1, [generator], { shorterSide: 64 });
    expect(verdict.value).toBe('fake');
    expect(verdict.caveats[0]?.code).toBe('very-small-picture');
  });
  it('row 3: a trusted capture manifest decides, and comes first', () => {
    const verdict = judge(0.9, [signedCamera]);
    expect(verdict).toMatchObject({ value: 'real', confidence: 'high' });
    expect(verdict.reasons[0]?.code).toBe('c2pa-camera');
  });
  it.each([
    ['very-small-picture', { shorterSide: 199 }],
    ['flat-graphic', { flatness: 0.8 }],
  ])('row 4: %s stays uncertain', (code, facts) => {
    for (const probability of [0.001, 0.5, 0.999]) {
      const verdict = judge(probability, [camera], facts);
      expect(verdict).toMatchObject({ value: 'uncertain', confidence: 'low' });
      expect(verdict.probability).toBeGreaterThanOrEqual(0.3);
      expect(verdict.probability).toBeLessThanOrEqual(0.85);
      expect(verdict.caveats.map((caveat) => caveat.code)).toContain(code);
    }
  });
  it.each([
    ['model-says-ai', 'ai', 0.999],
    ['model-says-camera', 'camera', 0.001],
  ] as const)('row 4: %s is no reason for "uncertain"', (code, direction, probability) => {
    const said = finding('classifier', direction, 0.99, code, { pack: 'quick' });
    for (const facts of [{ shorterSide: 199 }, { flatness: 0.8 }]) {
      const { reasons } = fuse([said], probability, 'quick', thresholds, { ...plain, ...facts });
      expect(reasons).toEqual([expect.objectContaining({ code: 'model-undecided', direction: 'neutral' })]);
    }
    const { reasons } = fuse([said], probability, 'quick', thresholds, plain);
    expect(reasons[0]?.code).toBe(code);
  });
  it.each([
    ['declared parts', parts],
    ['parts by a trusted manifest', finding('provenance', 'ai', 0.6, 'c2pa-ai-parts', { signer: 'Adobe' })],
    ['parts by an unknown signer', byUnknown('ai-parts')],
    ['a label that says perhaps', finding('metadata', 'ai', 0.6, 'china-aigc-label', { producer: null })],
  ])('row 5: %s rule "real" out', (_, one) => {
    expect(judge(0.01, [one])).toMatchObject({ value: 'uncertain', leaning: 'ai', probability: 0.6 });
    expect(judge(0.9, [one]).value).toBe('fake');
  });
  it.each([0.001, 0.29, 0.3, 0.31, 0.6, 0.85, 0.851, 0.999])(
    'row 6: a camera’s name nudges %d within its band',
    (probability) => {
      const without = judge(probability);
      const nudged = judge(probability, [camera]);
      expect(nudged.value).toBe(without.value);
      expect(nudged.probability).toBeLessThanOrEqual(without.probability);
      expect(without.probability - nudged.probability).toBeLessThan(0.06);
    },
  );
  it.each([
    [0.851, 'fake', 'high'],
    [0.85, 'uncertain', 'high'],
    [0.3, 'uncertain', 'medium'],
    [0.55, 'uncertain', 'low'],
    [0.299, 'real', 'medium'],
    [0.1, 'real', 'high'],
  ])('row 7: %d is %s', (probability, value, confidence) => {
    expect(judge(probability)).toMatchObject({ value, confidence, probability });
  });
});

it.each([
  ['a broken manifest', finding('provenance', 'neutral', 0, 'c2pa-broken', { signer: 'OpenAI' })],
  ['an unknown signer', finding('provenance', 'neutral', 0, 'c2pa-unknown-signer', { signer: 'Somebody' })],
  ['a manifest that says nothing of origin', finding('provenance', 'neutral', 0, 'c2pa-other', { signer: 'Adobe' })],
  ['a list of editors', finding('metadata', 'neutral', 0, 'editor-history', { software: 'GIMP' })],
  ['having been seen', finding('seen-before', 'neutral', 0, 'seen-same-file', { verdict: 'fake' })],
])('%s weighs nothing', (_, one) => {
  for (const probability of [0.01, 0.299, 0.5, 0.851, 0.99]) {
    const { value, probability: after, confidence } = judge(probability);
    expect(judge(probability, [one])).toMatchObject({ value, probability: after, confidence });
  }
});

it('never contradicts its own probability', () => {
  const evidence = fc.subarray([generator, parts, camera, signedCamera]);
  const probability = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
  fc.assert(
    fc.property(probability, evidence, fc.boolean(), (p, found, small) => {
      const verdict = judge(p, found, small ? { shorterSide: 50 } : {});
      if (verdict.value === 'fake') expect(verdict.probability).toBeGreaterThan(0.85);
      if (verdict.value === 'real') expect(verdict.probability).toBeLessThan(0.3);
      if (verdict.value === 'uncertain') {
        expect(verdict.probability).toBeGreaterThanOrEqual(0.3);
        expect(verdict.probability).toBeLessThanOrEqual(0.85);
      }
    }),
  );
});

describe('caveats', () => {
  it.each([
    ['small-picture', { shorterSide: 299 }],
    ['screenshot', { path: 'screenshot' }],
    ['canvas-copy', { path: 'canvas' }],
    ['heavily-recompressed', { jpegQuality: 49 }],
    ['video-frame', { kind: 'video-frame' }],
    ['animated-first-frame', { frames: 2 }],
    ['models-disagree', { disagree: true }],
    ['faces-not-finished', { facesLeft: true }],
    ['quick-only', { quickOnly: true }],
  ] as const)('%s', (code, facts) => {
    expect(judge(0.5, [], facts).caveats).toEqual([{ code, text: expect.any(String) }]);
  });
  it('are absent when nothing is to be said', () => {
    expect(judge(0.5).caveats).toEqual([]);
  });
});

it('gives reasons of the deciding pack only', () => {
  const verdict = fuse([classifier('quick'), classifier('thorough')], 0.5, 'thorough', thresholds, plain);
  expect(verdict.reasons.map(({ details }) => details.pack)).toEqual(['thorough']);
});

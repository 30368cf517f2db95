import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readPack } from '../pack/pack-folder.ts';
import type { Together } from '../pack/pack-schema.ts';
import { weighTogether } from './together.ts';

const folder = (name: string): string => fileURLToPath(new URL(`../../packs/${name}`, import.meta.url));
const [quick, plain] = [await readPack(folder('quick')), await readPack(folder('thorough'))];
const rule: Together = {
  with: { name: 'quick', sha256: quick.manifest.model.sha256 },
  kind: 'platt-2',
  scale: 1.5,
  otherScale: 0.5,
  bias: -1,
  fittedOn: 'a test',
  thresholds: { fakeAbove: 0.9, realBelow: 0.2, meaning: 'a test' },
};
const thorough = { ...plain, manifest: { ...plain.manifest, together: rule } };
const word = (pack: typeof plain, logit: number) => ({ pack, answer: { logit } });

describe('two packs together', () => {
  it('have the value of the formula', () => {
    const joint = weighTogether([word(quick, 2), word(thorough, 1)]);
    expect(joint?.probability).toBeCloseTo(1 / (1 + Math.exp(-(1.5 * 1 + 0.5 * 2 - 1))), 12);
    expect(joint?.packs.map(({ manifest }) => manifest.name)).toEqual(['thorough', 'quick']);
    expect(joint?.calibration).toBe(rule);
  });
  it('tell where one of them looked twice', () => {
    const twice = { pack: thorough, answer: { logit: 1, firstLogit: 2 } };
    expect(weighTogether([word(quick, 2), twice])?.lookedTwice).toBe(true);
    expect(weighTogether([word(quick, 2), word(thorough, 1)])?.lookedTwice).toBe(false);
  });
  it.each([
    ['nobody said anything', []],
    ['only one has looked', [word(thorough, 1)]],
    ['the last one has no rule', [word(plain, 1), word(quick, 2)]],
  ])('do not answer where %s', (_, words) => {
    expect(weighTogether(words)).toBeUndefined();
  });
  it('do not answer where the other is another file of that name', () => {
    const other = {
      ...quick,
      manifest: { ...quick.manifest, model: { ...quick.manifest.model, sha256: '0'.repeat(64) } },
    };
    expect(weighTogether([word(other, 2), word(thorough, 1)])).toBeUndefined();
  });
});

describe('the packs that ship', () => {
  it('answer together as the training code does', () => {
    for (const { own, other, probability } of PYTHON) {
      const joint = weighTogether([word(quick, other), word(plain, own)]);
      expect(joint?.probability).toBeCloseTo(probability, 3);
    }
  });
});

/** Logits of both packs on pictures of the evaluation, and the probability by models/training/join_packs.py. */
const PYTHON = [
  { own: -0.27818, other: -3.77037, probability: 0.147435 },
  { own: 1.41906, other: -1.48654, probability: 0.7991 },
  { own: 1.93275, other: -0.56495, probability: 0.914824 },
  { own: 0.62441, other: -0.06052, probability: 0.596914 },
  { own: 2.3738, other: 0.34951, probability: 0.962693 },
];

import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readPack } from '../pack/pack-folder.ts';
import type { PackHead } from '../pack/read-head.ts';
import { headAnswer } from './head-answer.ts';

const base = await readPack(fileURLToPath(new URL('../../packs/starter', import.meta.url)));
const size = base.manifest.output.embedding?.size ?? 0;

function headOf(weights: Float64Array, baseScale: number) {
  const { sha256, bytes } = base.manifest.model;
  const file: PackHead['file'] = {
    kind: baseScale === 0 ? 'logistic' : 'correction',
    file: 'head.json',
    sha256,
    bytes,
    base: { name: 'starter', version: '0.1.0', sha256 },
  };
  return { ...base, head: { kind: file.kind, weights, bias: 0.5, baseScale, file, base } };
}

describe('a head', () => {
  it('answers with the mean of its views', () => {
    const weights = new Float64Array(size).fill(0);
    weights[3] = 2;
    const vectors = new Float32Array(2 * size);
    vectors[3] = 1;
    vectors[size + 3] = 2;
    expect(headAnswer(headOf(weights, 0), vectors).logit).toBeCloseTo(2 * 1.5 + 0.5, 12);
  });

  it('that corrects adds to the logit of its base, and is the base itself without weights', () => {
    const correction = headOf(new Float64Array(size), 0.7);
    expect(headAnswer(correction, new Float32Array(size), 2).logit).toBeCloseTo(0.7 * 2 + 0.5, 12);
  });

  it('that corrects has no answer without its base', () => {
    expect(() => headAnswer(headOf(new Float64Array(size), 0.7), new Float32Array(size))).toThrow(/answered NaN/);
  });
});

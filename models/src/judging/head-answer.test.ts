import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { HeadModel } from '../heads/head-model.ts';
import { readPack } from '../pack/pack-folder.ts';
import { needsBaseLogit, type PackHead } from '../pack/read-head.ts';
import { headAnswer } from './head-answer.ts';

const base = await readPack(fileURLToPath(new URL('../../packs/starter', import.meta.url)));
const size = base.manifest.output.embedding?.size ?? 0;

function headOf(weights: Float64Array, baseScale: number) {
  const { sha256, bytes } = base.manifest.model;
  const kind = baseScale === 0 ? ('logistic' as const) : ('correction' as const);
  const file: PackHead['file'] = {
    kind,
    file: 'head.json',
    sha256,
    bytes,
    base: { name: 'starter', version: '0.1.0', sha256 },
  };
  return { ...base, head: { kind, weights, bias: 0.5, baseScale, file, base } };
}

/** Heads that are no lines. */
const pictures: HeadModel = {
  kind: 'neighbours',
  neighbours: 3,
  vectors: Float32Array.from({ length: 4 * size }, (_, i) => (i % size < size / 2 === i < 2 * size ? 1 : 0)),
  labels: Uint8Array.of(1, 1, 0, 0),
  bias: 0,
  baseScale: 0,
};
const layer: HeadModel = {
  kind: 'perceptron',
  hidden: 2,
  first: Float32Array.from({ length: 2 * size }, (_, i) => Math.sin(i)),
  firstBias: Float64Array.of(0.1, -0.2),
  second: Float64Array.of(2, -1),
  bias: 0.3,
  baseScale: 0,
};

describe('a head', () => {
  it('of pictures answers with the vote of the nearest', () => {
    const { file } = headOf(new Float64Array(size), 0).head;
    const ask = (vectors: Float32Array) => headAnswer({ ...base, head: { ...pictures, file, base } }, vectors).logit;
    const first = Float32Array.from({ length: size }, (_, i) => (i < size / 2 ? 1 : 0.1));
    expect(ask(first)).toBeCloseTo(Math.log(2.5 / 1.5), 12);
    expect(ask(first.map((one) => 1.1 - one))).toBeCloseTo(Math.log(1.5 / 2.5), 12);
  });

  it.each([pictures, layer])('that is no line judges the mean of the views: $kind', (model) => {
    const { file } = headOf(new Float64Array(size), 0).head;
    const pack = { ...base, head: { ...model, file, base } };
    const views = Float32Array.from({ length: 2 * size }, (_, i) => Math.cos(i / 7));
    const mean = Float32Array.from({ length: size }, (_, i) => ((views[i] ?? 0) + (views[size + i] ?? 0)) / 2);
    expect(headAnswer(pack, views).logit).toBeCloseTo(headAnswer(pack, mean).logit, 6);
  });

  it.each([pictures, layer])('that is added to its base adds the word of that, and needs it: $kind', (model) => {
    const { file } = headOf(new Float64Array(size), 0).head;
    const alone = { ...base, head: { ...model, file, base } };
    const added = { ...base, head: { ...model, baseScale: 2, file, base } };
    const vectors = Float32Array.from({ length: size }, (_, i) => Math.cos(i / 7));
    expect(headAnswer(added, vectors, 0.75).logit).toBeCloseTo(headAnswer(alone, vectors).logit + 1.5, 12);
    expect([alone, added].map(needsBaseLogit)).toEqual([false, true]);
    expect(() => headAnswer(added, vectors)).toThrow('NaN');
  });

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

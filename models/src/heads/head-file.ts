import { FiniteNumber, HYPERPARAMETERS, MAX_DATASET_ITEMS } from '@touchstone/shared';
import * as v from 'valibot';
import type { HeadModel } from './head-model.ts';
import { fromHalfText, fromSingleText, toHalfText, toSingleText } from './number-text.ts';

/** No sensible weight is larger; sums of products with half-precision features stay finite. */
const MAX_WEIGHT = 1e6;

const weight = v.pipe(FiniteNumber, v.minValue(-MAX_WEIGHT), v.maxValue(MAX_WEIGHT));
/** Of a head that is added to its base's own word, and what it adds besides. */
const ON_BASE = { baseScale: v.optional(v.pipe(weight, v.gtValue(0))) };
const LINE = { weights: v.array(weight), bias: weight };

/** The file of a head: JSON, arrays of many numbers as base64. */
export const HeadFile = v.variant('kind', [
  v.strictObject({ kind: v.literal('logistic'), ...LINE }),
  v.strictObject({ kind: v.literal('correction'), ...LINE, baseScale: v.pipe(weight, v.gtValue(0)) }),
  v.strictObject({
    kind: v.literal('neighbours'),
    neighbours: v.pipe(FiniteNumber, v.integer(), v.minValue(1), v.maxValue(HYPERPARAMETERS.neighbours.most)),
    /** A sign a picture: 1 made by a generator, 0 from a camera. */
    labels: v.pipe(v.string(), v.minLength(2), v.maxLength(MAX_DATASET_ITEMS), v.regex(/^[01]*$/)),
    /** Half-precision floats, little-endian, picture after picture. */
    vectors: v.string(),
    bias: v.optional(weight, 0),
    ...ON_BASE,
  }),
  v.strictObject({
    kind: v.literal('perceptron'),
    hidden: v.pipe(FiniteNumber, v.integer(), v.minValue(1), v.maxValue(HYPERPARAMETERS.hidden.most)),
    /** Single-precision floats, little-endian, unit after unit. */
    first: v.string(),
    firstBias: v.array(weight),
    second: v.array(weight),
    bias: weight,
    ...ON_BASE,
  }),
]);
export type HeadFile = v.InferOutput<typeof HeadFile>;

/**
 * @param size features of the base
 * @throws Error in words, where the numbers are not as many as they must be
 */
export function modelOf(file: HeadFile, size: number): HeadModel {
  if (file.kind === 'neighbours') {
    const { neighbours, bias, baseScale = 0 } = file;
    const labels = Uint8Array.from(file.labels, Number);
    const vectors = fromHalfText(file.vectors, labels.length * size);
    if (!vectors) throw new Error(`has no ${labels.length} vectors of ${size} features`);
    if (neighbours > labels.length) throw new Error(`asks ${neighbours} of ${labels.length} pictures`);
    return { kind: 'neighbours', neighbours, vectors, labels, bias, baseScale };
  }
  if (file.kind === 'perceptron') {
    const { kind, hidden, bias, baseScale = 0 } = file;
    const first = fromSingleText(file.first, hidden * size);
    if (!first?.every((one) => Math.abs(one) <= MAX_WEIGHT)) throw new Error(`has no ${hidden} x ${size} weights`);
    for (const list of [file.firstBias, file.second]) {
      if (list.length !== hidden) throw new Error(`has ${list.length} numbers for ${hidden} units`);
    }
    return {
      kind,
      hidden,
      first,
      firstBias: Float64Array.from(file.firstBias),
      second: Float64Array.from(file.second),
      bias,
      baseScale,
    };
  }
  if (file.weights.length !== size) throw new Error(`has ${file.weights.length} weights for ${size} features`);
  const baseScale = file.kind === 'correction' ? file.baseScale : 0;
  return { kind: file.kind, weights: Float64Array.from(file.weights), bias: file.bias, baseScale };
}

/** @throws Error where a feature is too large for half precision */
export function fileOf(model: HeadModel): HeadFile {
  const onBase = model.baseScale === 0 ? {} : { baseScale: model.baseScale };
  if (model.kind === 'neighbours') {
    const vectors = toHalfText(model.vectors);
    if (vectors === undefined) throw new Error('a feature is too large to be kept');
    const { kind, neighbours, labels, bias } = model;
    return { kind, neighbours, labels: labels.join(''), vectors, bias, ...onBase };
  }
  if (model.kind === 'perceptron') {
    const { kind, hidden, bias } = model;
    const first = toSingleText(Float32Array.from(model.first));
    return { kind, hidden, first, firstBias: [...model.firstBias], second: [...model.second], bias, ...onBase };
  }
  const { kind, weights, bias, baseScale } = model;
  const line = { weights: [...weights], bias };
  return kind === 'correction' ? { kind, ...line, baseScale } : { kind, ...line };
}

import type { Design } from './design.ts';
import { type FindNearest, nearestAmong } from './nearest-neighbours.ts';
import { type Perceptron, perceptronLogit } from './perceptron.ts';

/** Kinds of last layers that a pack of format 3 brings as data. */
export const HEAD_KINDS = ['logistic', 'correction', 'neighbours', 'perceptron'] as const;
export type HeadKind = (typeof HEAD_KINDS)[number];

/** What a head adds to itself of its base's own word. */
export interface OnBase {
  /** Of the base's own logit; 0 for a head that stands alone. */
  readonly baseScale: number;
}

/** logit = weights . features + bias; of a correction, `baseScale` times the base's own logit is added. */
export interface LineModel extends OnBase {
  readonly kind: 'logistic' | 'correction';
  /** One a feature of the base's embedding. */
  readonly weights: Float64Array;
  readonly bias: number;
}

/** The share of the nearest taught pictures that a generator made, by cosine distance. */
export interface NeighboursModel extends OnBase {
  readonly kind: 'neighbours';
  /** Added to the votes. */
  readonly bias: number;
  /** How many are asked. */
  readonly neighbours: number;
  /** Features of the pictures that taught, row after row. */
  readonly vectors: Float32Array;
  /** Of each: 1 made by a generator, 0 from a camera. */
  readonly labels: Uint8Array;
}

export type PerceptronModel = Perceptron & OnBase & { readonly kind: 'perceptron' };

export type HeadModel = LineModel | NeighboursModel | PerceptronModel;

/** Kept beside the vectors: their lengths are computed once. */
const finders = new WeakMap<Float32Array, FindNearest>();

function finderOf({ vectors, labels }: NeighboursModel): FindNearest {
  const known = finders.get(vectors);
  if (known) return known;
  const design: Design = { values: vectors, rows: labels.length, columns: vectors.length / labels.length };
  const made = nearestAmong(design);
  finders.set(vectors, made);
  return made;
}

/** Added to both sides of a vote, so that its logit is finite: half a picture. */
const HALF_A_VOTE = 0.5;

/** @param generated of how many votes that were for "made by a generator" @param votes in all */
export const logitOfVotes = (generated: number, votes: number): number =>
  Math.log((generated + HALF_A_VOTE) / (votes - generated + HALF_A_VOTE));

/**
 * @param vector features of one picture, or of one view of it
 * @param baseLogit of the base for the same; only a head that is added to it asks
 */
export function headLogit(model: HeadModel, vector: Float32Array | Float64Array, baseLogit: number): number {
  const own = ownLogit(model, vector);
  return model.baseScale === 0 ? own : own + model.baseScale * baseLogit;
}

function ownLogit(model: HeadModel, vector: Float32Array | Float64Array): number {
  if (model.kind === 'perceptron') return perceptronLogit(model, vector);
  if (model.kind === 'neighbours') {
    const found = finderOf(model)(vector, model.neighbours);
    if (found.some(({ distance }) => Number.isNaN(distance))) return Number.NaN;
    return model.bias + logitOfVotes(found.filter(({ row }) => model.labels[row] === 1).length, found.length);
  }
  const { weights, bias } = model;
  let sum = bias;
  for (let i = 0; i < weights.length; i += 1) sum += (weights[i] ?? 0) * (vector[i] ?? Number.NaN);
  return sum;
}

import { calibrate, type Pack, type PublishedLooks } from '@touchstone/models';
import {
  headLogit,
  type Interval,
  measure,
  seededDraw,
  splitItems,
  type Taught,
  type TeachSettings,
  teach,
} from '@touchstone/models/learning';
import { HYPERPARAMETERS, type Truth } from '@touchstone/shared';
import type { Seen } from '../looks/look-at-pictures.ts';

/** A picture that was looked at, and where it comes from. */
export interface Known extends Seen {
  readonly truth: Truth;
  /** What it was collected with: what shares it stays together. */
  readonly source: string;
}

/** Words of one pack on one list of pictures. */
export interface Words {
  readonly pictures: { readonly ai: number; readonly real: number };
  readonly area: number;
  /** 95 % over sources. */
  readonly areaInterval: Interval;
  readonly balancedAccuracy: number;
  /** Shares that are called likely AI, and likely authentic. */
  readonly likelyAi: { readonly ai: number; readonly real: number };
  readonly likelyAuthentic: { readonly ai: number; readonly real: number };
}

interface Judge {
  readonly ends: { readonly fakeAbove: number; readonly realBelow: number };
  probability(picture: Known): number;
}

const SEED = 1;
const shareOf = (all: readonly number[], holds: (one: number) => boolean): number =>
  all.length === 0 ? Number.NaN : all.filter(holds).length / all.length;

function wordsOf(pictures: readonly Known[], { ends, probability }: Judge): Words {
  const judged = pictures.map((one) => ({
    fake: one.truth === 'ai',
    source: one.source,
    probability: probability(one),
  }));
  const [ai, real] = [true, false].map((fake) =>
    judged.filter((one) => one.fake === fake).map((one) => one.probability),
  ) as [number[], number[]];
  const { area, areaInterval, balancedAccuracy } = measure(judged, ends.fakeAbove, seededDraw(SEED));
  const above = (one: number): boolean => one > ends.fakeAbove;
  const below = (one: number): boolean => one < ends.realBelow;
  return {
    pictures: { ai: ai.length, real: real.length },
    area,
    areaInterval,
    balancedAccuracy,
    likelyAi: { ai: shareOf(ai, above), real: shareOf(real, above) },
    likelyAuthentic: { ai: shareOf(ai, below), real: shareOf(real, below) },
  };
}

export interface Gain {
  readonly taught: { readonly ai: number; readonly real: number };
  readonly fakeAbove: number;
  /** On pictures of the family that taught nothing, and on everything else. */
  readonly family: { readonly unmodified: Words; readonly own: Words };
  readonly others: { readonly unmodified: Words; readonly own: Words };
}

interface Asked {
  readonly pack: Pack;
  readonly family: readonly Known[];
  readonly others: readonly Known[];
  /** Labels that are given; the product sets a quarter of them aside to test, as always. */
  readonly labels: number;
  readonly settings: Omit<TeachSettings, 'seed' | 'testShare'>;
  readonly seed: number;
  readonly published: readonly PublishedLooks[];
}

/** Teaches a pack some labels of a family, as the product does, and tells what it is worth on the rest of that, and on everything else. */
export function gainOf({ pack, family, others, labels, settings, seed, published }: Asked): Gain {
  const { calibration, thresholds, output } = pack.manifest;
  const columns = output.embedding?.size ?? 0;
  const draw = seededDraw(seed);
  const items = family.map((one) => ({
    label: one.truth === 'ai' ? (1 as const) : (0 as const),
    ties: [`${one.truth}/${one.source}`],
    hash: one.hash,
    baseLogit: one.logit,
  }));
  // By whole groups: near copies of what is taught test nothing.
  const split = splitItems(items, draw, 1 - labels / family.length);
  if (!split) throw new Error('the family has too few sources to test on');
  const learnt = split.train;
  const values = new Float32Array(learnt.length * columns);
  for (const [row, index] of learnt.entries()) values.set(family[index]?.vector ?? [], row * columns);
  const taught: Taught = teach(
    {
      design: { values, rows: learnt.length, columns },
      items: learnt.flatMap((index) => items[index] ?? []),
      base: { calibration, thresholds },
      published,
    },
    { ...settings, seed, testShare: HYPERPARAMETERS.testShare.default },
  );
  const unmodified: Judge = { ends: thresholds, probability: ({ logit }) => calibrate(logit, calibration) };
  const own: Judge = {
    ends: taught.thresholds,
    probability: ({ vector, logit }) => calibrate(headLogit(taught.head, vector, logit), taught.calibration),
  };
  const rest = split.test.flatMap((index) => family[index] ?? []);
  const both = (pictures: readonly Known[]) => ({
    unmodified: wordsOf(pictures, unmodified),
    own: wordsOf(pictures, own),
  });
  const count = (truth: Truth): number => learnt.filter((index) => family[index]?.truth === truth).length;
  return {
    taught: { ai: count('ai'), real: count('real') },
    fakeAbove: taught.thresholds.fakeAbove,
    family: both(rest),
    others: both(others),
  };
}

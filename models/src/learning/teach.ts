import type { TaughtModel } from '@touchstone/shared';
import { type Design, rowOf, rowsOf } from '../heads/design.ts';
import { type HeadModel, headLogit } from '../heads/head-model.ts';
import { nearestAmong } from '../heads/nearest-neighbours.ts';
import { calibrate } from '../judging/calibration.ts';
import type { PublishedLooks } from '../pack/published-real.ts';
import { calibrateHead, type HeadCalibration, UNCALIBRATED } from './calibrate-head.ts';
import { chooseHead, type Hyperparameters, type Tried } from './choose-head.ts';
import { areaDifference, type ComparedItem, type Measured, measure } from './compare-heads.ts';
import type { Interval } from './evaluation.ts';
import type { TaughtRows } from './fit-head.ts';
import { accused, type Ends, type PublishedReal, safeEnds } from './safe-thresholds.ts';
import { seededDraw } from './seeded-draw.ts';
import { groupsOf, type Split, type SplitItem, splitItems } from './split.ts';

/** A picture that teaches or tests. */
export interface TeachItem extends SplitItem {
  /** What the base's graph says of it, before calibration. */
  readonly baseLogit: number;
  /** The side it stands on, where whoever collected it says so. */
  readonly part?: 'train' | 'test' | undefined;
}

/** Null hyper-parameters are chosen by cross-validation over sources. */
export interface TeachSettings extends Hyperparameters {
  readonly model: TaughtModel;
  /** `base` is added to the base's own words, and a penalty keeps it close to them (nearest pictures: their votes are); `scratch` forgets them. */
  readonly start: 'base' | 'scratch';
  /** Share of the pictures that tests and never teaches, 0..1. */
  readonly testShare: number;
  /** Of every choice by chance. */
  readonly seed: number;
}

export interface TeachData {
  /** Features by the base's graph, one row an item. */
  readonly design: Design;
  readonly items: readonly TeachItem[];
  readonly base: { readonly calibration: HeadCalibration; readonly thresholds: Ends };
  /** Real pictures published with the base, one entry a condition. */
  readonly published?: readonly PublishedLooks[] | undefined;
}

/** One picture with what both packs say of it. */
export interface Predicted {
  readonly part: 'train' | 'test';
  /** Calibrated, by the taught head. */
  readonly probability: number;
  /** The same by the unmodified pack. */
  readonly baseProbability: number;
  /** The nearest pictures that taught, never itself. */
  readonly nearest: readonly { readonly item: number; readonly distance: number }[];
}

export const TEACH_VERDICTS = ['better', 'no-better', 'too-few'] as const;

export interface Taught {
  readonly head: HeadModel;
  readonly calibration: HeadCalibration;
  readonly thresholds: Ends;
  readonly chosen: Hyperparameters;
  readonly tried: readonly Tried[];
  /** Of each item, the group that stays together. */
  readonly groups: readonly number[];
  readonly predictions: readonly Predicted[];
  /** Undefined where nothing could be set aside to test. */
  readonly measured: { readonly own: Measured; readonly base: Measured; readonly difference: Interval } | undefined;
  /** Real pictures published with the base that `thresholds` hold to, and how many of them each pack calls likely AI; undefined where it brings none. */
  readonly published: { readonly pictures: number; readonly own: number; readonly base: number } | undefined;
  readonly verdict: (typeof TEACH_VERDICTS)[number];
}

export type TeachStage = 'training' | 'evaluating';

/** Below so many of a class nothing is said of which pack is better. */
export const ENOUGH = 50;
/** Nearest pictures that are named as reasons. */
const REASONS = 4;

/**
 * Teaches a head on a base's features and measures it on pictures that taught nothing, side by side with the base.
 * @throws RangeError where a class is missing
 */
export function teach(
  { design, items, base, published = [] }: TeachData,
  settings: TeachSettings,
  onProgress: (stage: TeachStage, share: number) => void = () => undefined,
): Taught {
  const draw = seededDraw(settings.seed);
  const groups = groupsOf(items);
  const everything = items.map((_, index) => index);
  const split = givenSplit(items, groups) ?? splitItems(items, draw, settings.testShare);
  const train = split?.train ?? everything;
  const rows: TaughtRows = {
    design: rowsOf(design, train),
    labels: Uint8Array.from(train, (index) => items[index]?.label ?? 0),
    baseLogits: Float64Array.from(train, (index) => items[index]?.baseLogit ?? 0),
    groups: train.map((index) => groups[index] ?? index),
  };
  const { scale, bias } = base.calibration;
  const beginning = settings.start === 'base' ? { baseScale: scale, baseBias: bias } : { baseScale: 0, baseBias: 0 };
  const { model, chosen, tried, heldOut } = chooseHead(rows, {
    ...settings,
    type: settings.model,
    beginning,
    draw,
    onProgress: (share) => onProgress('training', share),
  });
  const calibration = heldOut ? calibrateHead(heldOut, rows.labels, rows.groups) : UNCALIBRATED;
  const ownOf = (of: Design, row: number, baseLogit: number): number =>
    calibrate(headLogit(model, rowOf(of, row), baseLogit), calibration);

  onProgress('evaluating', 0);
  const onPublished = published.map((looks) => wordsOnPublished(looks, base.calibration, ownOf));
  const thresholds = safeEnds(base.thresholds, heldOut && wordsOf(heldOut, rows.labels, calibration), onPublished);
  const nearest = nearestAmong(rows.design);
  const teaches = new Set(split ? train : everything);
  const predictions = everything.map((index): Predicted => {
    const baseLogit = items[index]?.baseLogit ?? 0;
    if (index % 64 === 0) onProgress('evaluating', index / items.length);
    return {
      part: teaches.has(index) ? 'train' : 'test',
      probability: ownOf(design, index, baseLogit),
      baseProbability: calibrate(baseLogit, base.calibration),
      nearest: nearest(rowOf(design, index), REASONS + 1)
        .map(({ row, distance }) => ({ item: train[row] ?? row, distance }))
        .filter(({ item }) => item !== index)
        .slice(0, REASONS),
    };
  });
  const compared = (split?.test ?? []).map(
    (index): ComparedItem => ({
      fake: items[index]?.label === 1,
      source: String(groups[index]),
      own: predictions[index]?.probability ?? 0,
      base: predictions[index]?.baseProbability ?? 0,
    }),
  );
  const judged = (of: 'own' | 'base') =>
    compared.map(({ fake, source, ...words }) => ({ fake, source, probability: words[of] }));
  const measured = split && {
    own: measure(judged('own'), thresholds.fakeAbove, seededDraw(settings.seed)),
    base: measure(judged('base'), base.thresholds.fakeAbove, seededDraw(settings.seed)),
    difference: areaDifference(compared, seededDraw(settings.seed)),
  };
  const fewest = Math.min(...[0, 1].map((label) => items.filter((item) => item.label === label).length));
  return {
    head: model,
    calibration,
    thresholds,
    chosen,
    tried,
    groups,
    predictions,
    measured,
    published: onPublished.length > 0 ? countedOn(onPublished, thresholds, base.thresholds) : undefined,
    verdict: !measured || fewest < ENOUGH ? 'too-few' : measured.difference.low > 0 ? 'better' : 'no-better',
  };
}

/** The split that was given, where one was; what has a near copy or a tie among those that teach does not test. */
function givenSplit(items: readonly TeachItem[], groups: readonly number[]): Split | undefined {
  if (!items.some(({ part }) => part === 'test')) return undefined;
  const taught = new Set(groups.filter((_, index) => items[index]?.part !== 'test'));
  const tests = (index: number): boolean => items[index]?.part === 'test' && !taught.has(groups[index] ?? index);
  const [test, train] = [true, false].map((wanted) => [...items.keys()].filter((index) => tests(index) === wanted));
  const complete = [test, train].every((side) =>
    [0, 1].every((label) => side?.some((index) => items[index]?.label === label)),
  );
  return complete && test && train ? { test, train } : undefined;
}

function wordsOf(heldOut: Float64Array, labels: Uint8Array, calibration: HeadCalibration) {
  const of = (wanted: number) =>
    [...heldOut].filter((_, row) => labels[row] === wanted).map((logit) => calibrate(logit, calibration));
  return { real: of(0), generated: of(1) };
}

function countedOn(published: readonly PublishedReal[], own: Ends, base: Ends): Taught['published'] {
  const sum = (count: (words: PublishedReal) => number): number => published.reduce((all, one) => all + count(one), 0);
  return {
    pictures: sum((words) => words.own.length),
    own: sum((words) => accused(words.own, own.fakeAbove)),
    base: sum((words) => accused(words.base, base.fakeAbove)),
  };
}

function wordsOnPublished(
  { design, baseLogits }: PublishedLooks,
  base: HeadCalibration,
  ownOf: (design: Design, row: number, baseLogit: number) => number,
): PublishedReal {
  return {
    base: Array.from(baseLogits, (logit) => calibrate(logit, base)),
    own: Array.from(baseLogits, (logit, row) => ownOf(design, row, logit)),
  };
}

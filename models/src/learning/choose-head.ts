import type { TaughtModel } from '@touchstone/shared';
import { balancedWeights, rowOf, rowsOf, standardisationOf, standardise } from '../heads/design.ts';
import { type HeadModel, headLogit, logitOfVotes, type PerceptronModel } from '../heads/head-model.ts';
import { nearestAmong } from '../heads/nearest-neighbours.ts';
import { chooseLine } from './choose-penalty.ts';
import type { Draw } from './evaluation.ts';
import type { Beginning, TaughtRows } from './fit-head.ts';
import { drawnPerceptron, fitPerceptron } from './fit-perceptron.ts';
import { type Folds, foldsOf } from './folds.ts';
import { balancedLogLoss } from './metrics.ts';

/** What a model type is set by; null: not a setting of this type. */
export interface Hyperparameters {
  /** Inverse strength of the penalty on standardised features. */
  readonly c: number | null;
  /** Nearest pictures that are asked. */
  readonly neighbours: number | null;
  /** Units of the hidden layer. */
  readonly hidden: number | null;
}

/** Settings and what they were worth on what was held out. */
export interface Tried extends Hyperparameters {
  /** Mean log loss, both classes counted alike. */
  readonly loss: number;
}

export interface ChosenHead {
  readonly model: HeadModel;
  readonly chosen: Hyperparameters;
  readonly tried: readonly Tried[];
  /** Of each row, the logit by a head that was not taught it; undefined where nothing could be held out. */
  readonly heldOut: Float64Array | undefined;
}

export interface ChooseOptions extends Hyperparameters {
  /** Null hyper-parameters are chosen by cross-validation over whole groups. */
  readonly type: TaughtModel;
  /** What the head is added to, and penalised for leaving: the base's own words, or nothing. */
  readonly beginning: Beginning;
  readonly draw: Draw;
  /** Is told the share that is done, 0..1. */
  readonly onProgress: (share: number) => void;
}

/** Fits a head of a type on all rows, by the settings that do best on whole groups held out in turn. */
export function chooseHead(rows: TaughtRows, options: ChooseOptions): ChosenHead {
  if (options.type === 'neighbours') return chooseNeighbours(rows, options);
  if (options.type === 'perceptron') return choosePerceptron(rows, options);
  const { line, c, tried, heldOut } = chooseLine(rows, options);
  const kind = line.baseScale === 0 ? ('logistic' as const) : ('correction' as const);
  return {
    model: { kind, ...line },
    chosen: { ...NONE, c },
    tried: tried.map((one) => ({ ...NONE, ...one })),
    heldOut,
  };
}

const NONE: Hyperparameters = { c: null, neighbours: null, hidden: null };

const foldsFor = ({ groups, labels }: TaughtRows, draw: Draw): Folds | undefined =>
  foldsOf(
    groups.map((group, row) => ({ group, label: labels[row] === 1 ? (1 as const) : (0 as const) })),
    draw,
  );

interface Best extends Tried {
  readonly heldOut: Float64Array;
}

const withoutLogits = ({ heldOut: _, ...tried }: Best): Tried => tried;
const bestOf = (all: readonly Best[]): Best | undefined => all.toSorted((a, b) => a.loss - b.loss)[0];

/** Numbers of neighbours that are tried: odd, so that no vote is a tie. */
const NEIGHBOURS = [1, 3, 5, 9, 15, 25, 51] as const;
/** Taken where nothing can be held out to choose by: scikit-learn's own. */
const UNTRIED_NEIGHBOURS = 5;

/** Log-odds of the classes among those that teach, which their votes hold already: with the base's word they would count twice. */
function priorOf(labels: Uint8Array): number {
  const generated = labels.reduce((sum, label) => sum + label, 0);
  return Math.log(generated / (labels.length - generated));
}

/** What is added to each row's own word before it is told. */
const offsetsOf = ({ baseLogits }: TaughtRows, { baseScale, baseBias }: Beginning): Float64Array =>
  baseLogits.map((logit) => baseScale * logit + (baseScale === 0 ? 0 : baseBias));

function chooseNeighbours(rows: TaughtRows, { neighbours, beginning, draw, onProgress }: ChooseOptions): ChosenHead {
  const { design, labels } = rows;
  const offsets = offsetsOf(rows, beginning);
  const bias = beginning.baseScale === 0 ? 0 : -priorOf(labels);
  const folds = foldsFor(rows, draw);
  const wanted = neighbours === null ? NEIGHBOURS : [neighbours];
  const heldOut = new Map(wanted.map((k) => [k, new Float64Array(design.rows)]));
  for (let part = 0; part < (folds?.count ?? 0); part += 1) {
    const taught = [...labels.keys()].filter((row) => folds?.parts[row] !== part);
    const nearest = nearestAmong(rowsOf(design, taught));
    for (const row of labels.keys()) {
      if (folds?.parts[row] !== part) continue;
      // One search serves every number: the nearest few are the first of the nearest many.
      const votes = nearest(rowOf(design, row), Math.max(...wanted)).map((one) => labels[taught[one.row] ?? 0] ?? 0);
      for (const [k, logits] of heldOut) {
        const asked = votes.slice(0, k);
        const voted = logitOfVotes(asked.filter((vote) => vote === 1).length, asked.length);
        logits[row] = voted + bias + (offsets[row] ?? 0);
      }
    }
    onProgress((part + 1) / ((folds?.count ?? 1) + 1));
  }
  const all = folds
    ? [...heldOut].map(([k, logits]): Best => {
        return { ...NONE, neighbours: k, heldOut: logits, loss: balancedLogLoss(labels, logits) };
      })
    : [];
  const best = bestOf(all);
  const chosen = Math.min(best?.neighbours ?? neighbours ?? UNTRIED_NEIGHBOURS, design.rows);
  // In half precision, as its pack keeps them: what is measured here is what the pack says.
  const vectors = Float32Array.from(Float16Array.from(design.values));
  onProgress(1);
  return {
    model: {
      kind: 'neighbours',
      neighbours: chosen,
      vectors,
      labels,
      bias: bias + (beginning.baseScale === 0 ? 0 : beginning.baseBias),
      baseScale: beginning.baseScale,
    },
    chosen: { ...NONE, neighbours: chosen },
    tried: all.map(withoutLogits),
    heldOut: best?.heldOut,
  };
}

/** Inverse strengths that are tried, the strongest penalty first: a stronger one leaves no unit of the layer awake. */
const PENALTIES = [1e-2, 1e-1, 1] as const;
/** Sizes of the hidden layer that are tried. */
const HIDDEN = [4, 16] as const;
const UNTRIED_PENALTY = 1e-1;
const UNTRIED_HIDDEN = 4;
/** Steps and gradients of fits that only choose, and of the one that stays. */
const [ROUGH, FINE] = [
  { tolerance: 1e-3, maxIterations: 60 },
  { tolerance: 1e-5, maxIterations: 300 },
] as const;

function choosePerceptron(rows: TaughtRows, { c, hidden, beginning, draw, onProgress }: ChooseOptions): ChosenHead {
  const { labels, baseLogits } = rows;
  const folds = foldsFor(rows, draw);
  const fit = createPerceptronFit(rows, beginning, draw);
  const wanted = (hidden === null ? HIDDEN : [hidden]).flatMap((units) =>
    (c === null ? PENALTIES : [c]).map((strength) => ({ ...NONE, c: strength, hidden: units })),
  );
  const all: Best[] = [];
  for (const [index, settings] of folds ? wanted.entries() : []) {
    const logits = new Float64Array(labels.length);
    for (let part = 0; part < (folds?.count ?? 0); part += 1) {
      const taught = [...labels.keys()].filter((row) => folds?.parts[row] !== part);
      const model = fit(taught, settings, ROUGH);
      for (const row of labels.keys()) {
        if (folds?.parts[row] === part) logits[row] = headLogit(model, rowOf(rows.design, row), baseLogits[row] ?? 0);
      }
    }
    all.push({ ...settings, heldOut: logits, loss: balancedLogLoss(labels, logits) });
    onProgress((index + 1) / (wanted.length + 1));
  }
  const best = bestOf(all);
  const chosen = {
    c: best?.c ?? c ?? UNTRIED_PENALTY,
    hidden: best?.hidden ?? hidden ?? UNTRIED_HIDDEN,
  };
  const model = fit([...labels.keys()], chosen, FINE);
  onProgress(1);
  return { model, chosen: { ...NONE, ...chosen }, tried: all.map(withoutLogits), heldOut: best?.heldOut };
}

/** Fits on standardised features, and gives a model of features as the graph gives them. */
function createPerceptronFit(rows: TaughtRows, beginning: Beginning, draw: Draw) {
  const { design, labels, groups } = rows;
  const { baseScale } = beginning;
  const offsets = offsetsOf(rows, beginning);
  const standardisation = standardisationOf(design);
  const standardised = standardise(design, standardisation);
  const { mean, deviation } = standardisation;
  return (
    taught: readonly number[],
    { c, hidden }: { readonly c: number; readonly hidden: number },
    effort: { readonly tolerance: number; readonly maxIterations: number },
  ): PerceptronModel => {
    const own = Uint8Array.from(taught, (row) => labels[row] ?? 0);
    const weights = balancedWeights(
      own,
      taught.map((row) => String(groups[row] ?? row)),
    );
    const data = {
      ...rowsOf(standardised, taught),
      labels: own,
      weights,
      ...(baseScale === 0 ? {} : { offsets: Float64Array.from(taught, (row) => offsets[row] ?? 0) }),
    };
    const start = drawnPerceptron(design.columns, hidden, draw);
    const fitted = fitPerceptron(data, { c, start, ...effort });
    // In single precision, as its pack keeps them.
    const first = Float32Array.from(fitted.first, (weight, i) => weight / (deviation[i % design.columns] ?? 1));
    const firstBias = fitted.firstBias.map((bias, unit) => {
      let shift = 0;
      for (let i = 0; i < design.columns; i += 1) shift += (first[unit * design.columns + i] ?? 0) * (mean[i] ?? 0);
      return bias - shift;
    });
    const bias = fitted.bias + (baseScale === 0 ? 0 : beginning.baseBias);
    return { kind: 'perceptron', hidden, first, firstBias, second: fitted.second, bias, baseScale };
  };
}

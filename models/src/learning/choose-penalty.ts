import { type Design, type Standardisation, standardisationOf, standardise } from '../heads/design.ts';
import type { Draw } from './evaluation.ts';
import { type Beginning, fitLine, lineLogit, type TaughtLine, type TaughtRows } from './fit-head.ts';
import { foldsOf } from './folds.ts';
import { balancedLogLoss } from './metrics.ts';

/** Inverse strengths that are tried, the strongest penalty first: a head on a thousand features overfits a hundred pictures at once. */
export const PENALTIES = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1] as const;
/** Taken where nothing can be held out to choose by. */
const UNTRIED_PENALTY = 1e-3;
/** Of fits that only choose, and of the one that stays. */
const [ROUGH, FINE] = [1e-3, 1e-5];
/** Weaker penalties that may be worse than the best so far before no more are tried. */
const PATIENCE = 2;

/** A penalty and what it was worth on what was held out. */
export interface TriedPenalty {
  readonly c: number;
  /** Mean log loss, both classes counted alike. */
  readonly loss: number;
}

export interface ChosenLine {
  readonly line: TaughtLine;
  readonly c: number;
  readonly tried: readonly TriedPenalty[];
  /** Of each row, the logit by a head that was not taught it; undefined where nothing could be held out. */
  readonly heldOut: Float64Array | undefined;
}

interface ChooseLineOptions {
  readonly beginning: Beginning;
  /** Null: chosen by cross-validation. */
  readonly c: number | null;
  readonly draw: Draw;
  /** Is told the share that is done, 0..1. */
  readonly onProgress: (share: number) => void;
}

/** Fits a head on all rows, by the penalty that does best on whole groups held out in turn. */
export function chooseLine(rows: TaughtRows, { beginning, c, draw, onProgress }: ChooseLineOptions): ChosenLine {
  const standardisation = standardisationOf(rows.design);
  const standardised = standardise(rows.design, standardisation);
  const items = rows.groups.map((group, row) => ({
    group,
    label: rows.labels[row] === 1 ? (1 as const) : (0 as const),
  }));
  const folds = foldsOf(items, draw);
  const tried: TriedPenalty[] = [];
  let best: { readonly c: number; readonly loss: number; readonly heldOut: Float64Array } | undefined;
  if (folds) {
    const penalties = c === null ? PENALTIES : [c];
    let worse = 0;
    for (const [index, penalty] of penalties.entries()) {
      const heldOut = heldOutLogits(rows, standardised, standardisation, folds, { beginning, c: penalty });
      const loss = balancedLogLoss(rows.labels, heldOut);
      tried.push({ c: penalty, loss });
      worse = best && loss >= best.loss ? worse + 1 : 0;
      if (!best || loss < best.loss) best = { c: penalty, loss, heldOut };
      onProgress((index + 1) / (penalties.length + 1));
      if (worse >= PATIENCE) break;
    }
  }
  const chosen = best?.c ?? c ?? UNTRIED_PENALTY;
  const all = rows.groups.map((_, row) => row);
  const line = fitLine(rows, standardised, standardisation, all, { beginning, c: chosen, tolerance: FINE });
  onProgress(1);
  return { line, c: chosen, tried, heldOut: best?.heldOut };
}

function heldOutLogits(
  rows: TaughtRows,
  standardised: Design,
  standardisation: Standardisation,
  { parts, count }: { readonly parts: readonly number[]; readonly count: number },
  options: { readonly beginning: Beginning; readonly c: number },
): Float64Array {
  const logits = new Float64Array(parts.length);
  for (let part = 0; part < count; part += 1) {
    const taught = [...parts.keys()].filter((row) => parts[row] !== part);
    const line = fitLine(rows, standardised, standardisation, taught, { ...options, tolerance: ROUGH });
    for (const [row, own] of parts.entries()) {
      if (own === part) logits[row] = lineLogit(line, rows.design, row, rows.baseLogits[row] ?? 0);
    }
  }
  return logits;
}

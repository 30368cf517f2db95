import type { PackManifest } from '../pack/pack-schema.ts';
import type { ViewOutputs } from '../session/pack-session.ts';
import { calibrate, combineLogits } from './calibration.ts';

/** What a pack says about one picture. */
export interface PackAnswer {
  /** After combining the views, before calibration. */
  readonly logit: number;
  /** Calibrated probability that the picture is AI, inside 0..1. */
  readonly probability: number;
  /** Feature vectors, one row a view; empty when the pack gives none. */
  readonly embeddings: Float32Array;
  /** Patch logits, one row a view, when the pack has them. */
  readonly patches: Float32Array | undefined;
  /** Of packs that judge faces: how much the views, cut as faces, look blended (packs/FORMAT.md, "Faces"). */
  readonly face?: number | undefined;
  /** Of packs that take native looks: how much the views, cut and not resized, look generated (packs/FORMAT.md, "Native look"). */
  readonly native?: number | undefined;
  /** Logit of the first look, where a further one has had a say: at other views, or at the picture's own pixels. */
  readonly firstLogit?: number;
}

/**
 * Turns the rows of one picture's views into the pack's answer.
 * @param outputs of a batch that may hold several pictures
 * @param first row of this picture; @param count of its rows
 * @throws Error when the graph answered with something that is not a finite number
 */
export function judgeViews(manifest: PackManifest, outputs: ViewOutputs, first: number, count: number): PackAnswer {
  const { embedding, patches } = manifest.output;
  const logit = combineLogits(outputs.logits.subarray(first, first + count), manifest.input.combine);
  const native = outputs.natives && combineLogits(outputs.natives.subarray(first, first + count), 'mean-logit');
  for (const answer of [logit, ...(native === undefined ? [] : [native])]) {
    if (!Number.isFinite(answer)) throw new Error(`pack ${manifest.name} answered ${answer}`);
  }
  const size = embedding?.size ?? 0;
  const cells = patches ? patches.grid[0] * patches.grid[1] : 0;
  return {
    logit,
    probability: calibrate(logit, manifest.calibration),
    embeddings: outputs.embeddings.slice(first * size, (first + count) * size),
    patches: outputs.patches?.slice(first * cells, (first + count) * cells),
    native,
    face: outputs.faces && combineLogits(outputs.faces.subarray(first, first + count), 'mean-logit'),
  };
}

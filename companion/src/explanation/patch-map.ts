import { logitOf, type PackAnswer, type PackManifest } from '@touchstone/models';
import { type Cell, divide, type PictureSize, viewAreas } from './cells.ts';

/**
 * How far the mean of the patches may be from the logit, in logits, for the patches to be the score itself: rounding of
 * half-precision graphs is below it, a probe beside the score is far above.
 */
const SAME_LOGIT = 0.05;

/** Values of patches beyond this say nothing more, in calibrated logits (99.9 %). */
const STRONGEST_LOGIT = logitOf(0.999);

/**
 * The pack's own patches as cells of the picture.
 * @returns undefined when the pack has none, or when its score is not made of them: some packs give a map that only
 *   resembles the score, and "where the score comes from" must be true
 */
export function patchCells(manifest: PackManifest, answer: PackAnswer, picture: PictureSize): Cell[] | undefined {
  const { patches } = manifest.output;
  if (!patches || !answer.patches || manifest.input.combine !== 'mean-logit') return undefined;
  const mean = answer.patches.reduce((sum, value) => sum + value, 0) / answer.patches.length;
  if (!(Math.abs(mean - answer.logit) <= SAME_LOGIT)) return undefined;
  const [rows, columns] = patches.grid;
  const { scale, bias } = manifest.calibration;
  const logits = answer.patches;
  return viewAreas(manifest.input, picture).flatMap((area, view) =>
    divide(area, columns, rows).map((cell, index) => {
      const calibrated = scale * (logits[view * rows * columns + index] ?? 0) + bias;
      return { ...cell, value: Math.max(-STRONGEST_LOGIT, Math.min(STRONGEST_LOGIT, calibrated)) };
    }),
  );
}

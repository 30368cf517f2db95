import { logitOf, type PackAnswer, type PackManifest } from '@touchstone/models';
import type { PictureSize } from '../../intake/picture-header.ts';
import { type Cell, divide, viewAreas } from './cells.ts';

/**
 * How far the mean of the patches may be from the logit, in logits, for the patches to be the score itself. Half-precision
 * graphs round by less; a map beside the score comes this near by chance only, about once in a hundred pictures.
 */
const SAME_LOGIT = 0.005;

/**
 * Whether a pack's score is made of its patches. Some packs give a map that only resembles the score (the thorough pack's
 * has no correlation with what hiding parts does), and "where the score comes from" must be true.
 * @param answers of different views, so that chance is ruled out
 */
export function patchesAreScore({ input }: PackManifest, answers: readonly PackAnswer[]): boolean {
  return (
    input.combine === 'mean-logit' &&
    answers.every(({ patches, logit }) => {
      const mean = patches ? patches.reduce((sum, value) => sum + value, 0) / patches.length : Number.NaN;
      return Math.abs(mean - logit) <= SAME_LOGIT;
    })
  );
}

/** Values of patches beyond this say nothing more, in calibrated logits (99.9 %). */
const STRONGEST_LOGIT = logitOf(0.999);

/** The pack's own patches as cells of the picture, in calibrated logits: above 0 for AI. */
export function patchCells(
  { output, input, calibration }: PackManifest,
  answer: PackAnswer,
  picture: PictureSize,
): Cell[] {
  const [rows, columns] = output.patches?.grid ?? [0, 0];
  const { scale, bias } = calibration;
  return viewAreas(input, picture).flatMap((area, view) =>
    divide(area, columns, rows).map((cell, index) => {
      const calibrated = scale * (answer.patches?.[view * rows * columns + index] ?? 0) + bias;
      return { ...cell, value: Math.max(-STRONGEST_LOGIT, Math.min(STRONGEST_LOGIT, calibrated)) };
    }),
  );
}

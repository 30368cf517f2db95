import * as v from 'valibot';
import { FiniteNumber } from './finite-number.ts';

/** The nine places of a picture, for words such as "upper left". */
export const PLACES = [
  'upper-left',
  'upper',
  'upper-right',
  'left',
  'centre',
  'right',
  'lower-left',
  'lower',
  'lower-right',
] as const;
export const Place = v.picklist(PLACES);
export type Place = v.InferOutput<typeof Place>;

/** Column and row of a place, in thirds of the picture from its upper left corner: 0, 1 or 2 each. */
export function placeInThirds(place: Place): readonly [column: number, row: number] {
  const index = PLACES.indexOf(place);
  return [index % 3, Math.floor(index / 3)];
}

/** Where in the picture a score comes from. Shows what moved the model, never that a place was forged. */
export const Explanation = v.object({
  /** `patches`: the pack's own patch map; `occlusion`: score change when a cell is hidden. */
  method: v.picklist(['patches', 'occlusion']),
  columns: v.pipe(FiniteNumber, v.integer(), v.minValue(1), v.maxValue(64)),
  rows: v.pipe(FiniteNumber, v.integer(), v.minValue(1), v.maxValue(64)),
  /** Row by row, -1 (speaks for a camera) .. 1 (speaks for AI), scaled by the strongest cell. */
  values: v.pipe(v.array(v.pipe(FiniteNumber, v.minValue(-1), v.maxValue(1))), v.maxLength(64 * 64)),
  /** The strongest places in the direction of the verdict, at most three, strongest (weight 1) first; empty when it is spread evenly. */
  regions: v.array(v.object({ place: Place, weight: v.pipe(FiniteNumber, v.minValue(0), v.maxValue(1)) })),
  /** Pack as `name@version`. */
  pack: v.string(),
  /** Extra runs of the graph that it took. */
  runs: v.pipe(FiniteNumber, v.integer(), v.minValue(0)),
  /** Milliseconds. */
  took: FiniteNumber,
});
export type Explanation = v.InferOutput<typeof Explanation>;

/**
 * Views of a picture for people who look closer, computed on request and never part of a score: error level analysis,
 * noise residual, JPEG ghosts, colour channels, histogram, magnifier. The magnifier takes `x` and `y` (centre, in parts of
 * width and height, 0..1) and `zoom` (2..16).
 */
export const FORENSIC_VIEWS = ['ela', 'noise', 'ghosts', 'channels', 'histogram', 'magnifier'] as const;
export const ForensicView = v.picklist(FORENSIC_VIEWS);
export type ForensicView = v.InferOutput<typeof ForensicView>;

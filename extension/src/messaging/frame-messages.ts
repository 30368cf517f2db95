import { FiniteNumber } from '@touchstone/shared';
import * as v from 'valibot';

/**
 * What the background says to all frames of a tab, or to one whose port it has lost: nothing else can send these, so that content
 * scripts take the types alone. `wake` has them open their ports.
 */
export type FrameCommand =
  | { readonly type: 'announce-frame' | 'expect-frame'; readonly token: string }
  | { readonly type: 'wake' };

/** The answer of a frame above: where the one that announced itself lies in it. */
export const FramePlace = v.object({
  type: v.literal('frame-place'),
  token: v.string(),
  /** Of the child's viewport in the parent's viewport, in CSS pixels. */
  x: FiniteNumber,
  y: FiniteNumber,
  width: FiniteNumber,
  height: FiniteNumber,
});
export type FramePlace = v.InferOutput<typeof FramePlace>;

import type { Pack } from '@touchstone/models';
import type { FaceArea } from './face-finder.ts';

/** One face, and how much the pack finds it blended. */
export interface SeenFace {
  readonly area: FaceArea;
  readonly logit: number;
}

/** What was seen of the faces of a picture. */
export interface FacesSeen {
  /** The pack whose graph looked. */
  readonly pack: Pack;
  /** Largest first. */
  readonly faces: readonly SeenFace[];
  /** Whether every face that is large enough was looked at. */
  readonly finished: boolean;
}

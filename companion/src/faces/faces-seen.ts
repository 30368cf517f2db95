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

/** One face of a video as the thorough pack saw it over time. */
export interface BlendedTrack {
  /** Number of the face's track, from 0. */
  readonly track: number;
  /** Seconds of the first and the last look. */
  readonly start: number;
  readonly end: number;
  readonly looks: number;
  /** Pooled over the looks. */
  readonly logit: number;
  /** Where it was at the look that showed most, and when (seconds). */
  readonly area: FaceArea;
  readonly time: number;
}

/** What was seen of blending in the faces of a video. */
export interface BlendingSeen {
  readonly pack: Pack;
  /** Faces with as many looks as a word about them needs, the most blended one first. */
  readonly tracks: readonly BlendedTrack[];
}

import type { FaceBox } from '@touchstone/shared';
import type { FrameSignature } from '../fingerprint/frame-signature.ts';

/** A face in a judged frame. */
export interface JudgedFace extends Pick<FaceBox, 'x' | 'y' | 'width' | 'height' | 'track'> {
  /** Calibrated log-odds of the face's own crop; absent when it was too small or not judged. */
  readonly logit?: number | undefined;
}

/** One sampled frame as a timeline takes it; what `Pipeline.judgeFrame` answers fits, with a time. */
export interface JudgedMoment {
  /** Seconds into the video. */
  readonly time: number;
  /** Calibrated log-odds that the frame is AI: `ln(p / (1 - p))`, not the raw answer of the graph. */
  readonly logit: number;
  /** What the frame looks like in short; absent where nobody has it any more, then no cut is seen there. */
  readonly signature?: FrameSignature | undefined;
  readonly faces?: readonly JudgedFace[] | undefined;
}

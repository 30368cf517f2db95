import { type FrameSignature, frameDifference } from './frame-signature.ts';

/** Weights and limit of the difference that counts as a cut; see models/evaluation/video.md, "Cuts". */
const WEIGHTS = { luma: 1, colours: 1, hash: 1 } as const;
const CUT_FROM = 1;

/** One number for how little two frames of a video have in common. */
export function cutScore(a: FrameSignature, b: FrameSignature): number {
  const { luma, colours, hash } = frameDifference(a, b);
  return WEIGHTS.luma * luma + WEIGHTS.colours * colours + WEIGHTS.hash * hash;
}

/** Whether two sampled frames lie in different shots. A frame without a signature never does. */
export function isCut(a: FrameSignature | undefined, b: FrameSignature | undefined): boolean {
  return a !== undefined && b !== undefined && cutScore(a, b) >= CUT_FROM;
}

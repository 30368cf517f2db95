import type { Pack } from '@touchstone/models';
import type { Frame, FrameRequest } from '../analysis/frame-judge.ts';
import { onScaleOf } from '../packs/pack-scale.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';

/** The thorough pack's word on a frame that another pack has judged. */
export interface SecondOpinion {
  /** Log-odds on the scale of the first pack's thresholds. */
  readonly logit: number;
  /** Milliseconds. */
  readonly inference: number;
}

/**
 * Asks the thorough pack about a frame. The frame has its answer: a second one that fails changes nothing.
 * @param first the pack that judged the frame
 * @returns undefined where it failed; `no-pack` where there is no thorough pack besides the first
 */
export async function askSecondOpinion(
  pipeline: Pick<Pipeline, 'judgeFrame'>,
  frame: Frame,
  first: Pack,
  request: Pick<FrameRequest, 'lane' | 'client' | 'work' | 'choices' | 'signal'>,
): Promise<SecondOpinion | 'no-pack' | undefined> {
  if (first.manifest.tier === 'thorough') return 'no-pack';
  const judged = await pipeline.judgeFrame(frame, { ...request, tier: 'thorough' }).catch(() => undefined);
  if (!judged) return undefined;
  // Pixels that were decoded already stay with whoever keeps them.
  if (frame instanceof Uint8Array) judged.release();
  const { tier, thresholds } = judged.pack.manifest;
  // Where no thorough pack is installed, the quick one answers in its place.
  if (tier !== 'thorough') return 'no-pack';
  const logit = onScaleOf(first.manifest.thresholds, thresholds, judged.logit);
  return { logit, inference: judged.timings.inference };
}

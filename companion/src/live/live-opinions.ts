import type { JudgedFrame } from '../analysis/frame-judge.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { askSecondOpinion } from '../video/second-opinion.ts';

/** Second opinions on frames of playing videos, one at a time. */
export interface LiveOpinions {
  /**
   * @param frame as the quick pack judged it
   * @returns log-odds on the scale of the quick pack's thresholds; undefined when the last frame is still being looked
   *   at, the share of the time is used up, or no thorough pack is there
   */
  ask(bytes: Uint8Array, frame: Pick<JudgedFrame, 'pack'>, signal: AbortSignal): Promise<number | undefined>;
}

/** Share of the time in which the thorough pack may run beside live frames. */
const SHARE = 0.25;
/** Where no thorough pack is installed nobody asks again for so long. Milliseconds. */
const NONE_MS = 60_000;

/** @param now clock in milliseconds */
export function createLiveOpinions(
  pipeline: Pick<Pipeline, 'judgeFrame'>,
  now = () => performance.now(),
): LiveOpinions {
  let busy = false;
  let freeAt = 0;
  return {
    async ask(bytes, { pack }, signal) {
      if (busy || now() < freeAt) return undefined;
      busy = true;
      const start = now();
      const opinion = await askSecondOpinion(pipeline, bytes, pack, { lane: 'bulk', work: signal, signal });
      busy = false;
      freeAt = opinion === 'no-pack' ? start + NONE_MS : start + (now() - start) / SHARE;
      return opinion === 'no-pack' ? undefined : opinion?.logit;
    },
  };
}

import { logitOf, type Pack } from '@touchstone/models';
import type { JudgedFrame } from '../pipeline/frame-judge.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';

/** The thorough pack's word on frames of playing videos, one at a time. */
export interface SecondLook {
  /**
   * @param frame as the quick pack judged it
   * @returns log-odds on the scale of the quick pack's thresholds, both packs together; undefined when the frame is not
   *   worth it, the last one is still being looked at, or no thorough pack is there
   */
  ask(bytes: Uint8Array, frame: JudgedFrame, signal: AbortSignal): Promise<number | undefined>;
}

/** Log-odds around a threshold within which the quick pack's word is not enough. */
const NEAR = 1.5;
/** Share of the time in which the thorough pack may run beside live frames. */
const SHARE = 0.2;

/** @param now clock in milliseconds */
export function createSecondLook(pipeline: Pick<Pipeline, 'judgeFrame'>, now = () => performance.now()): SecondLook {
  let busy = false;
  let freeAt = 0;
  let none = false;
  return {
    async ask(bytes, frame, signal) {
      if (busy || none || now() < freeAt || !isNear(frame)) return undefined;
      busy = true;
      const start = now();
      try {
        const second = await pipeline.judgeFrame(bytes, { lane: 'bulk', tier: 'thorough', signal });
        second.release();
        none = second.pack.manifest.tier !== 'thorough';
        return none ? undefined : (frame.logit + onScaleOf(frame.pack, second)) / 2;
      } catch {
        // The frame has its answer; a second one that fails changes nothing.
        return undefined;
      } finally {
        busy = false;
        freeAt = start + (now() - start) / SHARE;
      }
    },
  };
}

/** Undecided, or so close to a threshold that a second opinion may move it across. */
function isNear({ logit, pack }: JudgedFrame): boolean {
  const { fakeAbove, realBelow } = pack.manifest.thresholds;
  return logit > logitOf(realBelow) - NEAR && logit < logitOf(fakeAbove) + NEAR;
}

/** Log-odds of another pack, moved and stretched so that its two thresholds lie where this pack has them. */
function onScaleOf({ manifest }: Pack, other: JudgedFrame): number {
  const [low, high] = [logitOf(manifest.thresholds.realBelow), logitOf(manifest.thresholds.fakeAbove)];
  const theirs = other.pack.manifest.thresholds;
  const [theirLow, theirHigh] = [logitOf(theirs.realBelow), logitOf(theirs.fakeAbove)];
  if (other.logit >= theirHigh) return high + (other.logit - theirHigh);
  if (other.logit <= theirLow) return low + (other.logit - theirLow);
  return low + ((other.logit - theirLow) / (theirHigh - theirLow)) * (high - low);
}

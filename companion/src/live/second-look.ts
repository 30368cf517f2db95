import type { JudgedFrame } from '../analysis/frame-judge.ts';
import { onScaleOf } from '../packs/pack-scale.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';

/** The thorough pack's word on frames of playing videos, one at a time. */
export interface SecondLook {
  /**
   * @param frame as the quick pack judged it
   * @returns log-odds on the scale of the quick pack's thresholds; undefined when the last frame is still being looked
   *   at, the share of the time is used up, or no thorough pack is there
   */
  ask(bytes: Uint8Array, frame: Pick<JudgedFrame, 'pack'>, signal: AbortSignal): Promise<number | undefined>;
}

/** Share of the time in which the thorough pack may run beside live frames. */
const SHARE = 0.25;
/** Where no thorough pack is installed, the quick one answers in its place; then nobody asks again for so long. Milliseconds. */
const NONE_MS = 60_000;

/** @param now clock in milliseconds */
export function createSecondLook(pipeline: Pick<Pipeline, 'judgeFrame'>, now = () => performance.now()): SecondLook {
  let busy = false;
  let freeAt = 0;
  return {
    async ask(bytes, { pack }, signal) {
      if (busy || now() < freeAt) return undefined;
      busy = true;
      const start = now();
      let none = false;
      try {
        const second = await pipeline.judgeFrame(bytes, { lane: 'bulk', tier: 'thorough', signal });
        second.release();
        const { manifest } = second.pack;
        none = manifest.tier !== 'thorough';
        if (none) return undefined;
        return onScaleOf(pack.manifest.thresholds, manifest.thresholds, second.logit);
      } catch {
        // The frame has its answer; a second one that fails changes nothing.
        return undefined;
      } finally {
        busy = false;
        freeAt = none ? start + NONE_MS : start + (now() - start) / SHARE;
      }
    },
  };
}

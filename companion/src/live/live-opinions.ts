import type { JudgedFrame } from '../analysis/frame-judge.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { askSecondOpinion } from '../video/second-opinion.ts';

/** Second opinions on frames of playing videos, one at a time. */
export interface LiveOpinions {
  /**
   * @param frame as the quick pack judged it
   * @param asker with the owner of the browser that asks: owners take turns
   * @returns log-odds on the scale of the quick pack's thresholds; undefined when the last frame is still being looked
   *   at, the share of the time is used up, it is another's turn, or no thorough pack is there
   */
  ask(
    bytes: Uint8Array,
    frame: Pick<JudgedFrame, 'pack'>,
    asker: { readonly owner: string; readonly signal: AbortSignal },
  ): Promise<number | undefined>;
}

/** Share of the time in which the thorough pack may run beside live frames. */
const SHARE = 0.25;
/** Where no thorough pack is installed nobody asks again for so long. Milliseconds. */
const NONE_MS = 60_000;
/** Somebody whose videos still play asks again within it: a frame comes every other second at least. Milliseconds. */
const WISH_MS = 5_000;

/** @param now clock in milliseconds */
export function createLiveOpinions(
  pipeline: Pick<Pipeline, 'judgeFrame'>,
  now = () => performance.now(),
): LiveOpinions {
  let busy = false;
  let freeAt = 0;
  /** When each owner asked last. */
  const wishes = new Map<string, number>();
  /** When each was answered last, for as long as they go on asking. */
  const servedAt = new Map<string, number>();

  /** Whether nobody else wishes for one who has waited longer. */
  function comesFirst(owner: string): boolean {
    for (const [other, at] of wishes) {
      if (now() - at <= WISH_MS) continue;
      wishes.delete(other);
      servedAt.delete(other);
    }
    const since = (one: string): number => servedAt.get(one) ?? Number.NEGATIVE_INFINITY;
    return [...wishes.keys()].every((other) => since(owner) <= since(other));
  }

  return {
    async ask(bytes, { pack }, { owner, signal }) {
      wishes.set(owner, now());
      if (busy || now() < freeAt || !comesFirst(owner)) return undefined;
      busy = true;
      const start = now();
      const opinion = await askSecondOpinion(pipeline, bytes, pack, { lane: 'bulk', work: signal, signal });
      busy = false;
      servedAt.set(owner, start);
      freeAt = opinion === 'no-pack' ? start + NONE_MS : start + (now() - start) / SHARE;
      return opinion === 'no-pack' ? undefined : opinion?.logit;
    },
  };
}

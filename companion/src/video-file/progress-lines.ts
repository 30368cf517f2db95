import type { CheckVideoLine } from '@touchstone/shared/api';
import type { VideoAnalysisProgress } from './judge-frames.ts';
import type { VideoFacts } from './protocol.ts';

export type VideoProgress = Extract<CheckVideoLine, { type: 'progress' }>;

export interface ProgressLines {
  opened(facts: Pick<VideoFacts, 'duration' | 'interval'>): void;
  /** @param now milliseconds on any clock that only goes forward */
  line(seen: VideoAnalysisProgress, now: number): VideoProgress;
}

/**
 * Tells how far a check is by the time of the video that is behind it: how many frames a long one has to offer is known
 * only as its key frames are met. The time left comes from the newer half of the way, because the start is slow: the
 * model is opened and the thorough pack looks at its frames.
 */
export function createProgressLines(): ProgressLines {
  const marks: { readonly share: number; readonly at: number }[] = [];
  let facts: Pick<VideoFacts, 'duration' | 'interval'> | undefined;
  let furthest = 0;
  /** When the frames were through. */
  let framesDone: number | undefined;

  function timeLeft(now: number): number | null {
    if (furthest >= 1) return 0;
    const from = marks.find(({ share }) => share >= furthest / 2);
    if (!from || furthest <= from.share) return null;
    return ((now - from.at) * (1 - furthest)) / (furthest - from.share);
  }

  /** Looks end early where no shot needs more: the most that it can take. */
  const looksLeft = ({ done, most }: { done: number; most: number }, taken: number): number =>
    (taken / Math.max(1, done)) * Math.max(0, most - done);

  return {
    opened(found) {
      facts = found;
    },
    line({ framesAnalyzed, framesPlanned, mediaTime, looks }, now) {
      const share = facts?.duration
        ? (mediaTime + facts.interval) / facts.duration
        : framesAnalyzed / Math.max(1, framesPlanned);
      // Frames side by side may be through in another order.
      furthest = Math.min(1, Math.max(furthest, share));
      const planned = Math.max(framesAnalyzed, Math.round(framesAnalyzed / Math.max(furthest, 1e-6)));
      const line = {
        type: 'progress',
        framesAnalyzed,
        framesPlanned: planned,
        mediaTime,
        timeLeft: looks && framesDone !== undefined ? looksLeft(looks, now - framesDone) : timeLeft(now),
      } as const;
      if (!looks) framesDone = now;
      marks.push({ share: furthest, at: now });
      return line;
    },
  };
}

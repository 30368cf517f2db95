import type { RawPicture } from '@touchstone/models';
import { MAX_TIMELINE_PEAKS } from '@touchstone/shared';
import { encodeThumbnail, makeMiniature } from '../fingerprint/miniature.ts';

/** Peaks of one video at most. */
export const PEAKS = Math.min(6, MAX_TIMELINE_PEAKS);
/** Peaks lie at least this far apart, in parts of the duration, so that one bad second does not fill all places. */
const APART = 1 / 20;
/** And this, in seconds. */
const LEAST_APART_SECONDS = 1;

export interface Peak {
  /** Seconds. */
  readonly time: number;
  readonly logit: number;
  /** At thumbnail size. */
  readonly picture: RawPicture;
}

export interface PeakKeeper {
  /** Takes a frame in if it belongs to those that look most generated; keeps nothing of its pixels otherwise. */
  offer(time: number, logit: number, pixels: RawPicture): void;
  /** Most generated looking first. */
  peaks(): readonly Peak[];
}

/** @param duration seconds; null when unknown */
export function keepPeaks(duration: number | null): PeakKeeper {
  const apart = Math.max(LEAST_APART_SECONDS, (duration ?? 0) * APART);
  let kept: Peak[] = [];
  return {
    offer(time, logit, pixels) {
      const near = kept.filter((peak) => Math.abs(peak.time - time) < apart);
      if (near.some((peak) => peak.logit >= logit)) return;
      const others = kept.filter((peak) => !near.includes(peak));
      if (others.length >= PEAKS && logit <= (others.at(-1)?.logit ?? 0)) return;
      kept = [...others, { time, logit, picture: makeMiniature(pixels) }]
        .sort((a, b) => b.logit - a.logit)
        .slice(0, PEAKS);
    },
    peaks: () => kept,
  };
}

/** WebP of each peak. */
export function encodePeaks(peaks: readonly Peak[]): Promise<Uint8Array[]> {
  return Promise.all(peaks.map(({ picture }) => encodeThumbnail(picture)));
}

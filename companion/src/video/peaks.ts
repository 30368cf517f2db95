/** A moment of a video that looks most generated, with what is kept of its frame. */
export interface Peak<Kept> {
  /** Seconds. */
  readonly time: number;
  readonly logit: number;
  readonly kept: Kept;
}

export interface PeakLimits {
  /** Peaks of one video at most. */
  readonly most: number;
  /** Of two that lie nearer to each other, in seconds, only the higher one stays: they show the same. */
  readonly apart: number;
}

export interface Peaks<Kept> {
  /**
   * @param keep called only where the moment belongs to the peaks, and before this returns
   * @returns what was kept, undefined where the moment is no peak
   */
  offer(time: number, logit: number, keep: () => Kept): Kept | undefined;
  /** Most generated looking first. */
  all(): readonly Peak<Kept>[];
}

/** The moments of one video that look most generated, far enough from each other to be different scenes. */
export function createPeaks<Kept>({ most, apart }: PeakLimits): Peaks<Kept> {
  let peaks: readonly Peak<Kept>[] = [];
  return {
    offer(time, logit, keep) {
      const near = peaks.filter((peak) => Math.abs(peak.time - time) < apart);
      if (near.some((peak) => peak.logit >= logit)) return undefined;
      const others = peaks.filter((peak) => !near.includes(peak));
      if (others.length >= most && logit <= (others.at(-1)?.logit ?? 0)) return undefined;
      const kept = keep();
      peaks = [...others, { time, logit, kept }].toSorted((a, b) => b.logit - a.logit).slice(0, most);
      return kept;
    },
    all: () => peaks,
  };
}

/** Times kept of one video: an hour at two a second. Beyond it the earliest in the video is forgotten. */
const TIMES_LIMIT = 7_200;
/** Part of the sampling interval within which a moment counts as seen: callbacks come up to a frame early or late. */
const SEEN_WITHIN = 0.8;

export interface SampledTimes {
  /** Whether no moment within the interval around `time` was sampled yet. @param interval seconds between samples */
  isNew(time: number, interval: number): boolean;
  add(time: number): void;
  /** The frame of this moment was lost: it may be sampled again. */
  remove(time: number): void;
  clear(): void;
}

/** Media times that were sampled, so that loops, replays and seeks count no moment twice. All times in seconds. */
export function createSampledTimes(limit: number = TIMES_LIMIT): SampledTimes {
  let times: number[] = [];
  /** Index of the first time at or after this one. */
  const indexOf = (time: number) => {
    let low = 0;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((times[middle] ?? 0) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    isNew(time, interval) {
      const within = interval * SEEN_WITHIN;
      const at = indexOf(time);
      const before = times[at - 1];
      const after = times[at];
      return (before === undefined || time - before >= within) && (after === undefined || after - time >= within);
    },
    add(time) {
      times.splice(indexOf(time), 0, time);
      if (times.length > limit) times.shift();
    },
    remove(time) {
      const at = indexOf(time);
      if (times[at] === time) times.splice(at, 1);
    },
    clear() {
      times = [];
    },
  };
}

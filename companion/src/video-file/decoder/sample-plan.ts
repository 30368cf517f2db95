/** Up to this length every half second is looked at; longer videos at key frames, which cost a fraction. Seconds. */
const DENSE_SECONDS = 90;
/** Seconds between samples of a short video: two a second. */
const DENSE_INTERVAL = 0.5;
/** Samples of a long one, bounded so that two hours take minutes: about 25 ms of two cores each. */
const MOST_SAMPLES = 480;
/** A long video is not looked at more often than this. Seconds. */
const LEAST_SPARSE_INTERVAL = 1;
/** Where key frames of a long video lie further apart than this, frames between them are decoded too. Seconds. */
const LONGEST_GAP = 12;
/** Times that are nearer than this are the same sample. Seconds; a moment of the timeline is a quarter of one. */
const SAME_SAMPLE = 0.25;

/** Seconds of a video without a known end in which samples are taken. */
const UNKNOWN_SECONDS = 240;

/** Which frames of a video are looked at. */
export interface SamplePlan {
  /** Samples expected over the whole video, for the progress bar. */
  readonly expected: number;
  /** Seconds between samples where nothing else is known. */
  readonly interval: number;
  /**
   * Times to look at in the pictures from one key frame up to the next. Called in the order of the video.
   * @param start of the key frame, in seconds; shots often start there, so it is looked at itself
   * @param end of the group: time of the next key frame, or of the video's end
   * @returns ascending, each in [start, end)
   */
  timesIn(start: number, end: number): number[];
}

/**
 * Uniform samples plus shot starts. Encoders start a new group of pictures at a cut, so key frames are shot starts that
 * cost nothing to find.
 * @param duration seconds; null when nothing in the file says
 */
export function planSamples(duration: number | null): SamplePlan {
  const dense = duration === null || duration <= DENSE_SECONDS;
  const limit = duration ?? UNKNOWN_SECONDS;
  const interval = dense ? DENSE_INTERVAL : Math.max(LEAST_SPARSE_INTERVAL, duration / MOST_SAMPLES);
  const gap = dense ? interval : Math.max(LONGEST_GAP, 2 * interval);
  let last = Number.NEGATIVE_INFINITY;

  return {
    expected: Math.max(1, Math.ceil(limit / interval)),
    interval,
    timesIn(start, groupEnd) {
      const end = Math.min(groupEnd, limit);
      const times: number[] = [];
      // Before the video begins, or behind its end; a video that is over at once still has its first picture.
      if (start >= groupEnd || (start >= end && Number.isFinite(last))) return times;
      // Key frames at every picture or nearly so mark no shots; the grid thins them out.
      const shortGroup = end - start < interval;
      if (start - last >= (shortGroup || !dense ? interval : SAME_SAMPLE)) times.push(start);
      const first = Math.max(start + SAME_SAMPLE, (times.length > 0 ? start : last) + gap * 0.5);
      for (let step = Math.ceil(first / gap - 1e-9); step * gap < end; step++) times.push(step * gap);
      last = times.at(-1) ?? last;
      return times;
    },
  };
}

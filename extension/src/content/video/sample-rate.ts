import { TRACK_WINDOW } from '@touchstone/shared';

/** Frames a second of media time: the start, and the ends between which it adapts. */
export const DEFAULT_RATE = 2;
export const LOWEST_RATE = 0.5;
export const HIGHEST_RATE = 4;
/** Samples a second of one page, all its videos together: at 8 ms of work each this is 6 % of one thread. */
export const PAGE_RATE = 8;
/** Screenshots a second of one page at most: browsers allow two in all, which are taken 520 ms apart. */
export const SCREENSHOT_RATE = 1.9;
/** As above, for one video at first: the rest is taken as long as nothing else needs the screen. */
const FIRST_SCREENSHOT_RATE = 1;
/** What a screenshot that was taken adds to the rate; one that was refused halves it. */
const SCREENSHOT_STEP = 0.25;
/** Weight of the newest answer time in the running mean. */
const NEWEST_WEIGHT = 0.3;
/** Part of the window that is used at the adapted rate, so that an answer that is a little late costs no frame. */
const WINDOW_USE = 0.8;

export interface SampleRate {
  /** An answer came. @param tookMs since the frame was sent @param wantedRate frames a second the companion would like */
  answered(tookMs: number, wantedRate: number): void;
  /** A screenshot was taken, or refused because the screen was needed for something else. */
  shot(taken: boolean): void;
  /**
   * Frames a second now.
   * @param videos sampled on this page at the same time
   * @param screenshotVideos those among them, this one included, whose frames come from the screen; 0 where this one's do not
   */
  rate(videos: number, screenshotVideos: number): number;
}

/** How often one video is sampled: what the companion wants, as far as it keeps up and the page has room. */
export function createSampleRate(): SampleRate {
  let wanted = DEFAULT_RATE;
  let answerMs = 0;
  let screenshots = FIRST_SCREENSHOT_RATE;
  return {
    answered(tookMs, wantedRate) {
      wanted = wantedRate;
      answerMs = answerMs === 0 ? tookMs : answerMs + NEWEST_WEIGHT * (tookMs - answerMs);
    },
    shot(taken) {
      screenshots = taken
        ? Math.min(SCREENSHOT_RATE, screenshots + SCREENSHOT_STEP)
        : Math.max(LOWEST_RATE, screenshots / 2);
    },
    rate(videos, screenshotVideos) {
      const answerable = answerMs > 0 ? (TRACK_WINDOW * WINDOW_USE * 1000) / answerMs : HIGHEST_RATE;
      const room = PAGE_RATE / Math.max(1, videos);
      const highest = screenshotVideos > 0 ? Math.min(screenshots, SCREENSHOT_RATE / screenshotVideos) : HIGHEST_RATE;
      return Math.max(LOWEST_RATE, Math.min(wanted, answerable, room, highest));
    },
  };
}

import { TRACK_WINDOW } from '@touchstone/shared';

/** Frames a second of media time: the start, and the ends between which it adapts. */
export const DEFAULT_RATE = 2;
export const LOWEST_RATE = 0.5;
export const HIGHEST_RATE = 4;
/** Samples a second of one page, all its videos together: at 8 ms of work each this is 6 % of one thread. */
export const PAGE_RATE = 8;
/** Screenshots a second for one video: browsers allow two in all, and the badges vanish for each. */
export const SCREENSHOT_RATE = 1;
/** Weight of the newest answer time in the running mean. */
const NEWEST_WEIGHT = 0.3;
/** Part of the window that is used at the adapted rate, so that an answer that is a little late costs no frame. */
const WINDOW_USE = 0.8;

export interface SampleRate {
  /** An answer came. @param tookMs since the frame was sent @param wantedRate frames a second the companion would like */
  answered(tookMs: number, wantedRate: number): void;
  /** Frames a second now. @param videos sampled on this page at the same time */
  rate(videos: number, screenshots: boolean): number;
}

/** How often one video is sampled: what the companion wants, as far as it keeps up and the page has room. */
export function createSampleRate(): SampleRate {
  let wanted = DEFAULT_RATE;
  let answerMs = 0;
  return {
    answered(tookMs, wantedRate) {
      wanted = wantedRate;
      answerMs = answerMs === 0 ? tookMs : answerMs + NEWEST_WEIGHT * (tookMs - answerMs);
    },
    rate(videos, screenshots) {
      const answerable = answerMs > 0 ? (TRACK_WINDOW * WINDOW_USE * 1000) / answerMs : HIGHEST_RATE;
      const room = PAGE_RATE / Math.max(1, videos);
      const highest = screenshots ? SCREENSHOT_RATE : HIGHEST_RATE;
      return Math.max(LOWEST_RATE, Math.min(wanted, answerable, room, highest));
    },
  };
}

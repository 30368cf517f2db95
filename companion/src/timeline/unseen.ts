import type { StoredMoment } from './moment-store.ts';

/** A gap up to this long between moments leaves nothing unseen that a part of three moments could hide in. Seconds. */
const SEEN_GAP_SECONDS = 1;
/** Seconds of the video that lie further from every moment than a gap that counts as seen. */
export function unseenSeconds(moments: readonly StoredMoment[], duration: number): number {
  let unseen = 0;
  let from = 0;
  for (const { time, until } of moments) {
    if (time - from > SEEN_GAP_SECONDS) unseen += time - from;
    from = Math.max(from, until);
  }
  if (duration - from > SEEN_GAP_SECONDS) unseen += duration - from;
  return unseen;
}

import type { Player } from './player.ts';

/** Longest time between two looks that counts as played and not as a seek, in media seconds. */
const LONGEST_STEP = 4;

/** Counts what a player plays between two looks. */
export interface PlayedTime {
  /** @returns media seconds since the last look; a jump back is the video starting over */
  until(mediaTime: number): number;
}

export function createPlayedTime(player: Pick<Player, 'duration' | 'time'>): PlayedTime {
  let last = player.time();
  const between = (before: number, now: number): number => {
    if (now >= before) return Math.min(now - before, LONGEST_STEP);
    const duration = player.duration();
    return duration === null ? 0 : Math.min(Math.max(0, duration - before) + now, LONGEST_STEP);
  };
  return {
    until(mediaTime) {
      const played = between(last, mediaTime);
      last = mediaTime;
      return played;
    },
  };
}

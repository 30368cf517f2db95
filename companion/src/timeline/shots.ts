import type { StoredMoment } from './moment-store.ts';
import { trimmedMean } from './pooling.ts';
import { corrected } from './second-opinions.ts';

/** Moments between two cuts. */
export interface Shot {
  readonly moments: readonly StoredMoment[];
  /** Seconds. */
  readonly start: number;
  readonly end: number;
  readonly frames: number;
  /** Pooled log-odds. */
  readonly logit: number;
}

/** A shot as the video shows it. */
export interface SeenShot extends Shot {
  /** Pooled log-odds of the first pack alone. */
  readonly uncorrected: number;
}

/**
 * Shots with their moments corrected by second opinions.
 * @param moments in order of time
 * @param most log-odds above which too few of them lift nothing
 */
export function splitShots(moments: readonly StoredMoment[], most: number): SeenShot[] {
  const groups: StoredMoment[][] = [];
  for (const moment of moments) {
    const last = groups.at(-1);
    if (!last || moment.startsShot) groups.push([moment]);
    else last.push(moment);
  }
  return groups.map((group) => ({ ...pooled(corrected(group, most)), uncorrected: trimmedMean(group) }));
}

/** @param moments at least one, in order of time */
export function pooled(moments: readonly StoredMoment[]): Shot {
  return {
    moments,
    start: moments[0]?.time ?? 0,
    end: moments.at(-1)?.until ?? 0,
    frames: moments.reduce((sum, { frames }) => sum + frames, 0),
    logit: trimmedMean(moments),
  };
}

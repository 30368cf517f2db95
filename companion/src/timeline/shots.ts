import type { StoredMoment } from './moment-store.ts';
import { trimmedMean } from './pooling.ts';

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

/** @param moments in order of time */
export function splitShots(moments: readonly StoredMoment[]): Shot[] {
  const groups: StoredMoment[][] = [];
  for (const moment of moments) {
    const last = groups.at(-1);
    if (!last || moment.startsShot) groups.push([moment]);
    else last.push(moment);
  }
  return groups.map(pooled);
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

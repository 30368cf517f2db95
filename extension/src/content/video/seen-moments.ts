import { MAX_TIMELINE_MOMENTS, type TimelineMoment, type TrackUpdate } from '@touchstone/shared';
import type { VideoCheckState } from '../../overlay/video/video-state.ts';

export type Seen = Pick<VideoCheckState, 'verdict' | 'framesAnalyzed' | 'moments' | 'shots' | 'faceTracks' | 'record'>;

export interface SeenMoments {
  readonly seen: Seen;
  /** Adds what an answer brought: moments and faces by time and number, shots as a whole. */
  apply(update: TrackUpdate): void;
}

/** Halves the first half of a timeline that grew too long; of two neighbours the more telling one stays. */
function thinned(moments: readonly TimelineMoment[]): TimelineMoment[] {
  const half = Math.floor(moments.length / 4) * 2;
  const kept: TimelineMoment[] = [];
  for (let at = 0; at < half; at += 2) {
    const [first, second] = [moments[at], moments[at + 1]];
    if (first && second)
      kept.push(Math.abs(first.probability - 0.5) < Math.abs(second.probability - 0.5) ? second : first);
  }
  return [...kept, ...moments.slice(half)];
}

const NOTHING: Seen = { framesAnalyzed: 0, moments: [], shots: [], faceTracks: [] };

/** What the companion has said of one video. @param before what is known from an earlier track of the same video */
export function createSeenMoments(before: Seen = NOTHING, limit: number = MAX_TIMELINE_MOMENTS): SeenMoments {
  const { record: _, ...known } = before;
  let seen: Seen = known;
  const withMoment = (moments: readonly TimelineMoment[], moment: TimelineMoment): readonly TimelineMoment[] => {
    const at = moments.findLastIndex(({ time }) => time <= moment.time);
    const replaces = moments[at]?.time === moment.time ? 1 : 0;
    const next = moments.toSpliced(replaces ? at : at + 1, replaces, moment);
    return next.length > limit ? thinned(next) : next;
  };
  return {
    get seen() {
      return seen;
    },
    apply({ verdict, framesAnalyzed, moment, revised = [], shots, faceTracks, record }) {
      const faces = new Map([...seen.faceTracks, ...faceTracks].map((face) => [face.track, face]));
      // A record has the whole of it, as the companion keeps it.
      const whole = record?.timeline;
      seen = {
        verdict: record?.verdict ?? verdict,
        framesAnalyzed,
        moments: whole?.moments ?? (moment ? [...revised, moment] : revised).reduce(withMoment, seen.moments),
        shots: whole?.shots ?? shots,
        faceTracks: whole?.faceTracks ?? [...faces.values()].sort((a, b) => a.track - b.track),
        ...(record && { record }),
      };
    },
  };
}

import type { ResultRecord, TimelineMoment, TimelineShot, TrackUpdate, Verdict } from '@touchstone/shared';
import type { CheckState } from '../check-state.ts';

type FaceTrack = TrackUpdate['faceTracks'][number];

/** What is being done about a video now. */
export const VIDEO_ACTIVITIES = ['sampling', 'paused', 'unplayed', 'waiting', 'crowded', 'ended'] as const;
export type VideoActivity = (typeof VIDEO_ACTIVITIES)[number];

/** What has been seen of a video so far. */
export interface VideoCheckState {
  readonly kind: 'video';
  /** `waiting` is for a companion that went away; `crowded` for more videos than places; `ended` when the track is closed. */
  readonly activity: VideoActivity;
  /** Absent before the first answer. */
  readonly verdict?: Verdict;
  readonly framesAnalyzed: number;
  /** In order of time. */
  readonly moments: readonly TimelineMoment[];
  readonly shots: readonly TimelineShot[];
  readonly faceTracks: readonly FaceTrack[];
  /** Seconds; null for a live stream. */
  readonly duration: number | null;
  /** Frames are crops of screenshots. */
  readonly screenshots: boolean;
  /** Present once the track is closed. */
  readonly record?: ResultRecord;
}

export const noVideoYet: VideoCheckState = {
  kind: 'video',
  activity: 'unplayed',
  framesAnalyzed: 0,
  moments: [],
  shots: [],
  faceTracks: [],
  duration: null,
  screenshots: false,
};

const PARTS = [
  'activity',
  'verdict',
  'framesAnalyzed',
  'moments',
  'shots',
  'duration',
  'screenshots',
  'record',
] as const;

/** Whether two states of a check would be drawn the same. Only videos are told of states that changed nothing. */
export function sameState(before: CheckState, after: CheckState): boolean {
  if (before.kind === 'error' && after.kind === 'error') return before.error.code === after.error.code;
  if (before.kind !== 'video' || after.kind !== 'video') return false;
  return PARTS.every((part) => before[part] === after[part]);
}

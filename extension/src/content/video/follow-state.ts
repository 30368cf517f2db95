import { type ErrorReport, pageErrorReport, type ReportedError } from '@touchstone/shared';
import { isForgotten } from './track.ts';

/** Where following one video stands, apart from the track itself. Changed by `afterEvent` alone. */
export interface FollowState {
  /** It is in view and has one of the page's places. */
  readonly allowed: boolean;
  /** The page has more videos than places. */
  readonly crowded: boolean;
  /** The companion, or another tab, has no place left. */
  readonly refused: boolean;
  /** A person, or the end of the check, wants no more frames. */
  readonly stopped: boolean;
  /** Its frames come from the screen. */
  readonly screenshots: boolean;
  /** Why it cannot be checked, until something changes. */
  readonly problem: ErrorReport | undefined;
  /** What is waited for: a companion that went away, or the track that it gave up. */
  readonly waitingFor: 'nothing' | 'companion' | 'track';
  /** No frame before this, by `performance.now`. */
  readonly retryAt: number;
  /** Milliseconds to wait after the next failure. */
  readonly retryWait: number;
  /** Frames in a row that could not be judged. */
  readonly broken: number;
  /** Times in a row that a canvas read back black. */
  readonly black: number;
}

export type FollowEvent =
  | { readonly type: 'place'; readonly allowed: boolean; readonly crowded: boolean }
  /** A frame was judged. */
  | { readonly type: 'answered' }
  /** A frame of the track that is current got no answer. @param now by `performance.now` */
  | { readonly type: 'failed'; readonly error: ReportedError; readonly now: number }
  /** A track begins. @param sameSource what played before goes on */
  | { readonly type: 'begun'; readonly sameSource: boolean }
  /** The page may not read its pixels. */
  | { readonly type: 'tainted' }
  | { readonly type: 'black-canvas' }
  | { readonly type: 'locked' | 'unlocked' }
  | { readonly type: 'stopped' }
  /** A person wants it checked (again). */
  | { readonly type: 'asked' }
  /** Something changed for the better, perhaps. */
  | { readonly type: 'retry' };

/** First and longest wait before a track is opened again in a companion that went away. */
const RETRY_FIRST_MS = 500;
const RETRY_LONGEST_MS = 5_000;
/** Wait before a video that found no place asks again. */
const CROWDED_RETRY_MS = 4_000;
/** Frames in a row that could not be judged, after which the error is shown. */
const BROKEN_FRAMES = 5;
/** A canvas that reads back black this often is one whose drawing is not kept: its frames come from the screen. */
const BLACK_CANVAS_FRAMES = 3;

/** Errors about one frame or one instant: the next frame may do. */
const PASSING: ReadonlySet<string> = new Set(['picture-gone', 'cancelled', 'busy']);
/** Errors that tell of a companion which is not there. */
const UNREACHABLE: ReadonlySet<string> = new Set(['companion-unreachable', 'shutting-down']);

/** A video that was just met. */
export const FIRST_STATE: FollowState = {
  allowed: false,
  crowded: false,
  refused: false,
  stopped: false,
  screenshots: false,
  problem: undefined,
  waitingFor: 'nothing',
  retryAt: 0,
  retryWait: RETRY_FIRST_MS,
  broken: 0,
  black: 0,
};

function afterFailure(state: FollowState, error: ReportedError, now: number): FollowState {
  if (PASSING.has(error.code)) return state;
  if (isForgotten(error))
    return {
      ...state,
      waitingFor: UNREACHABLE.has(error.code) ? 'companion' : 'track',
      retryAt: now + state.retryWait,
      retryWait: Math.min(state.retryWait * 2, RETRY_LONGEST_MS),
    };
  if (error.code === 'too-many-videos')
    return { ...state, refused: true, waitingFor: 'nothing', retryAt: now + CROWDED_RETRY_MS };
  if (error.code === 'broken-picture' && state.broken < BROKEN_FRAMES) return { ...state, broken: state.broken + 1 };
  return { ...state, problem: error.toReport() };
}

/** What failed is tried again; that a video is protected does not pass by trying. */
function tryAgain(state: FollowState): FollowState {
  const problem = state.problem?.code === 'video-protected' ? state.problem : undefined;
  return { ...state, problem, refused: false, retryAt: 0, retryWait: RETRY_FIRST_MS, broken: 0 };
}

/** @returns where following stands after something happened */
export function afterEvent(state: FollowState, event: FollowEvent): FollowState {
  switch (event.type) {
    case 'place':
      return { ...state, allowed: event.allowed, crowded: event.crowded };
    case 'answered':
      return { ...state, waitingFor: 'nothing', refused: false, broken: 0, retryWait: RETRY_FIRST_MS };
    case 'failed':
      return afterFailure(state, event.error, event.now);
    case 'begun':
      return { ...state, black: 0, screenshots: event.sameSource && state.screenshots };
    case 'tainted':
      return { ...state, screenshots: true };
    case 'black-canvas':
      return { ...state, black: state.black + 1, screenshots: state.black + 1 >= BLACK_CANVAS_FRAMES };
    case 'locked':
      return { ...state, problem: pageErrorReport('video-protected') };
    case 'unlocked':
      return state.problem?.code === 'video-protected' ? { ...state, problem: undefined } : state;
    case 'stopped':
      return { ...state, stopped: true };
    case 'asked':
      return tryAgain({ ...state, stopped: false });
    case 'retry':
      return tryAgain(state);
  }
}

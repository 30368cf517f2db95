import type {
  BandMeasurement,
  CapturePath,
  ErrorReport,
  Explanation,
  Label,
  Lane,
  ResultRecord,
  TimelineMoment,
  TrackUpdate,
  VerdictValue,
} from '@touchstone/shared';
import type { CardWords } from '@touchstone/shared/words';

/**
 * Messages between content scripts and the background, over one `runtime` port named CHECK_PORT per frame. Bytes are
 * ArrayBuffers where the browser clones them, else base64 (see bytes.ts). The page can see none of this.
 */
export const CHECK_PORT = 'touchstone-checks';

/**
 * Where a picture lies, for the screenshot path: CSS pixels of the viewport of the frame that sends it. The background
 * adds the places of the frames above (capture/frame-place.ts).
 */
export interface ScreenRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly devicePixelRatio: number;
}

export type WireBytes = ArrayBuffer | string;

/** An encoded picture that the content script read. */
export interface Pixels {
  readonly path: CapturePath;
  readonly bytes: WireBytes;
  /** Seconds into the video; present for a video frame only. */
  readonly mediaTime?: number;
}

/** One video of a frame, as the popup lists it. */
export interface TabVideo {
  /** Unique within its frame's life. */
  readonly number: number;
  /** What the page calls it; may be empty. */
  readonly title: string;
  /** Displayed size in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Seconds; null for a live stream or before it is known. */
  readonly duration: number | null;
  readonly playing: boolean;
  /** What is being done about it; absent where it is not checked. */
  readonly activity?: 'sampling' | 'paused' | 'unplayed' | 'waiting' | 'crowded' | 'ended';
  readonly framesAnalyzed: number;
  readonly verdict?: VerdictValue;
  readonly probability?: number;
  /** Present once its track is closed. */
  readonly recordId?: string;
  readonly logged?: boolean;
  /** Why it is not checked. */
  readonly error?: ErrorReport;
}

export type ContentMessage =
  | {
      readonly type: 'check';
      readonly id: number;
      readonly lane: Lane;
      /** Address in use (currentSrc, background address...); absent for canvas and screenshots. */
      readonly url?: string;
      readonly pageTitle: string;
      /** Cookies are sent only when a person asked for this very picture. */
      readonly credentials: boolean;
      /** Bytes the content script already has (canvas, blob:). */
      readonly pixels?: Pixels;
      /** Check again even if the log knows the bytes. */
      readonly fresh?: boolean;
    }
  /** Answer to `need-pixels`: bytes, or only where the picture is (then a screenshot is cropped), or neither. */
  | {
      readonly type: 'pixels';
      readonly id: number;
      readonly pixels?: Pixels;
      readonly rect?: ScreenRect;
    }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'label'; readonly id: number; readonly recordId: string; readonly label: Label | null }
  /** Where in the picture of a record does its score come from? */
  | { readonly type: 'explain'; readonly id: number; readonly recordId: string }
  | { readonly type: 'open-history'; readonly recordId?: string }
  /** A video plays: the first of its messages. The background keeps nothing that a later one would need. */
  | {
      readonly type: 'track-open';
      readonly id: number;
      readonly track: string;
      readonly asked: boolean;
      readonly url?: string;
      readonly pageTitle: string;
      readonly duration: number | null;
      readonly screenshots: boolean;
      readonly resume: readonly TimelineMoment[];
    }
  /** A frame as JPEG, or where it is on the screen: then the background takes a screenshot and crops it. */
  | {
      readonly type: 'track-frame';
      readonly id: number;
      readonly track: string;
      readonly mediaTime: number;
      readonly bytes?: WireBytes;
      readonly rect?: ScreenRect;
    }
  | { readonly type: 'track-close'; readonly id: number; readonly track: string }
  /** Whether nothing can be drawn over the video, so that the toolbar must say its verdict. */
  | { readonly type: 'track-alone'; readonly track: string; readonly alone: boolean }
  /** Answer to `list-videos`. */
  | { readonly type: 'videos'; readonly id: number; readonly videos: readonly TabVideo[] };

export type BackgroundMessage =
  | {
      readonly type: 'progress';
      readonly id: number;
      readonly stage: 'fetching' | 'waiting' | 'queued' | 'decoding' | 'judging';
    }
  /** The background could not fetch the address; the content script tries page fetch, canvas, then gives the place. */
  | { readonly type: 'need-pixels'; readonly id: number }
  | {
      readonly type: 'result';
      readonly id: number;
      readonly record: ResultRecord;
      /** What the record's band of probability was worth where its pack was counted. */
      readonly measured?: BandMeasurement;
    }
  | { readonly type: 'explanation'; readonly id: number; readonly explanation: Explanation }
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorReport }
  | { readonly type: 'labelled'; readonly id: number }
  /** The person chose "Check this image"; `srcUrl` is what the browser says was clicked, if anything. */
  | { readonly type: 'check-clicked'; readonly srcUrl?: string }
  /** Answer to a message about a track; without an update where a screenshot showed nothing new. */
  | { readonly type: 'track-update'; readonly id: number; readonly update?: TrackUpdate }
  | { readonly type: 'track-error'; readonly id: number; readonly error: ErrorReport }
  /** The screenshot for this frame is taken: the overlay may come back. */
  | { readonly type: 'track-shot'; readonly id: number }
  /** The person chose "Check this video"; `srcUrl` is what the browser says was clicked, if anything. */
  | { readonly type: 'check-video'; readonly srcUrl?: string }
  /** The person chose a video in the popup's list. */
  | { readonly type: 'check-video-number'; readonly number: number }
  | { readonly type: 'list-videos'; readonly id: number }
  /** The person chose "Check visible part of the page" (top frame only). */
  | { readonly type: 'check-viewport' }
  /** Whether pictures on this page are checked without asking; sent on connection and on every change. */
  | {
      readonly type: 'auto-check';
      readonly enabled: boolean;
      readonly minimumSide: number;
      /** Whether playing videos get a badge too, where `enabled`. */
      readonly videos: boolean;
      readonly minimumVideoSide: number;
      readonly badgeCorner: string;
    }
  /** All that the content script can say, in the language of the reader; first on connection, and on every change. */
  | { readonly type: 'words'; readonly words: CardWords };

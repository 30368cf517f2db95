import type {
  BandMeasurement,
  ErrorReport,
  Explanation,
  ImageSearch,
  ResultRecord,
  TrackUpdate,
} from '@touchstone/shared';
import type { CardWords } from '@touchstone/shared/words';
import type { WireBytes } from './content-messages.ts';

/** The port between a frame's content script and the background. The page can see none of what passes over it. */
export const CHECK_PORT = 'touchstone-checks';

/** What the background says to content scripts: its end of a port is its own, and nothing else can send these. */
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
  /** A card as a PNG. */
  | { readonly type: 'shared-picture'; readonly id: number; readonly png: WireBytes }
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
  /** The person chose a picture in the popup's list, or meant it by the keyboard command. */
  | { readonly type: 'check-picture-number'; readonly number: number }
  | { readonly type: 'list-pictures'; readonly id: number }
  /** The keyboard command found no picture that is meant (top frame only). */
  | { readonly type: 'choose-picture' }
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
      /** Whether badges that nobody asked for are shown for "Likely AI" alone. */
      readonly onlyLikelyAi: boolean;
      /** Service that looks for pictures by their address; `none` where the person chose none. */
      readonly imageSearch: ImageSearch;
    }
  /** All that the content script can say, in the language of the reader; first on connection, and on every change. */
  | { readonly type: 'words'; readonly words: CardWords };

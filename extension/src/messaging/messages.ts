import type { CapturePath, ErrorReport, Label, Lane, ResultRecord } from '@touchstone/shared';

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
  | { readonly type: 'open-history'; readonly recordId?: string };

export type BackgroundMessage =
  | {
      readonly type: 'progress';
      readonly id: number;
      readonly stage: 'fetching' | 'waiting' | 'queued' | 'decoding' | 'judging';
    }
  /** The background could not fetch the address; the content script tries page fetch, canvas, then gives the place. */
  | { readonly type: 'need-pixels'; readonly id: number }
  | { readonly type: 'result'; readonly id: number; readonly record: ResultRecord }
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorReport }
  | { readonly type: 'labelled'; readonly id: number }
  /** The person chose "Check this image"; `srcUrl` is what the browser says was clicked, if anything. */
  | { readonly type: 'check-clicked'; readonly srcUrl?: string }
  /** The person chose "Check visible part of the page" (top frame only). */
  | { readonly type: 'check-viewport' }
  /** Whether pictures on this page are checked without asking; sent on connection and on every change. */
  | {
      readonly type: 'auto-check';
      readonly enabled: boolean;
      readonly minimumSide: number;
      readonly badgeCorner: string;
      /** Language setting; absent means as in the browser. */
      readonly language?: string;
    };

import { scanVideos } from '../../capture/scan-videos.ts';
import type { BackgroundMessage } from '../../messaging/background-messages.ts';
import { watchPictures } from '../auto-check/watcher.ts';
import type { VideoChecks } from './video-checks.ts';

type AutoCheckMessage = Extract<BackgroundMessage, { type: 'auto-check' }>;

export interface AutomaticVideos {
  /** What the settings say of this page now. */
  set(message: Pick<AutoCheckMessage, 'enabled' | 'videos' | 'minimumVideoSide'>): void;
}

/** Gives the page's videos to be followed, where the settings say so: those that are large enough and come near. */
export function createAutomaticVideos(checks: VideoChecks, signal: AbortSignal): AutomaticVideos {
  let running: { readonly stop: AbortController; readonly side: number } | undefined;
  return {
    set({ enabled, videos, minimumVideoSide }) {
      const wanted = enabled && videos;
      if (wanted && running?.side === minimumVideoSide) return;
      running?.stop.abort();
      if (running && !wanted) checks.leaveAutomatic();
      running = undefined;
      if (!wanted) return;
      const stop = new AbortController();
      running = { stop, side: minimumVideoSide };
      watchPictures(
        minimumVideoSide,
        {
          scan: scanVideos,
          isPicture: (element) => element instanceof HTMLVideoElement,
          near: (element) => element instanceof HTMLVideoElement && checks.enter(element),
          // Who left the page, or the view, is noticed by the checks themselves: the video may come back.
          away: () => undefined,
        },
        AbortSignal.any([signal, stop.signal]),
      );
    },
  };
}

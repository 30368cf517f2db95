import type { ScreenRect } from '../../messaging/content-messages.ts';
import type { ScreenshotPause } from '../screenshot-pause.ts';
import type { FramePixels } from './track-client.ts';

type Shoot = (element: Element, send: (pixels: FramePixels, taken: () => void) => Promise<void>) => Promise<boolean>;

/**
 * Frames of players whose pixels the page may not read, from the screen: one at a time, with whatever of the overlay
 * lies over the player hidden until the screen was read.
 * @param place where an element is on the screen; undefined out of view
 */
export function createFrameShots(pause: ScreenshotPause, place: (element: Element) => ScreenRect | undefined): Shoot {
  let busy = false;
  return async (element, send) => {
    if (busy || document.visibilityState !== 'visible' || !place(element)) return false;
    busy = true;
    try {
      await pause.begin(element.getBoundingClientRect());
      // The page may have moved while the overlay went away.
      const rect = place(element);
      if (!rect) return false;
      await new Promise<void>((resolve, reject) => {
        const taken = () => {
          pause.end();
          resolve();
        };
        // What the companion says of it need not be waited for.
        send({ rect }, taken).then(resolve, reject);
      });
      return true;
    } finally {
      pause.end();
      busy = false;
    }
  };
}

import type { Box } from '../overlay/place/geometry.ts';

/** Longest time the overlay stays hidden for a screenshot; the background takes one within two a second. */
const CONCEALED_AT_MOST_MS = 1_500;

function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}

export interface ScreenshotPause {
  /** Hides the overlay, or what of it lies over a part of the page, and waits until the screen shows it so. */
  begin(over?: Box): Promise<void>;
  end(): void;
}

/** Keeps the overlay out of screenshots. @param conceal hides or shows everything, or what lies over a part */
export function createScreenshotPause(conceal: (hidden: boolean, over?: Box) => void): ScreenshotPause {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    clearTimeout(timer);
    timer = undefined;
    conceal(false);
  };
  return {
    async begin(over) {
      conceal(true, over);
      clearTimeout(timer);
      timer = setTimeout(end, CONCEALED_AT_MOST_MS);
      // The first frame draws without the overlay, the second proves that it was shown.
      await nextFrame();
      await nextFrame();
    },
    end,
  };
}

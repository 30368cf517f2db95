import type { Player } from './player.ts';

/** Calls once with the next frame that is shown; the callback draws it at once. */
export interface FrameClock {
  /** Asks for the first frame after this many milliseconds, replacing an earlier wish. */
  ask(afterMs: number): void;
  /** Takes the wish back. */
  rest(): void;
}

/** Longest wait for a frame callback: a page in the background or a stalled stream calls back late or never. */
const FRAME_WITHIN_MS = 1_500;

type Cancel = () => void;

/** @param onFrame `mediaTime` in seconds of the frame that is shown now */
function nextVideoFrame(video: HTMLVideoElement, onFrame: (mediaTime: number) => void): Cancel {
  let asked = 0;
  const late = setTimeout(() => {
    video.cancelVideoFrameCallback(asked);
    onFrame(video.currentTime);
  }, FRAME_WITHIN_MS);
  asked = video.requestVideoFrameCallback((_, { mediaTime }) => {
    clearTimeout(late);
    onFrame(mediaTime);
  });
  return () => {
    clearTimeout(late);
    video.cancelVideoFrameCallback(asked);
  };
}

/** After the page's own drawing of this frame: a WebGL canvas is empty at any other time. */
function nextPaint(player: Player, onFrame: (mediaTime: number) => void): Cancel {
  const frame = requestAnimationFrame(() => onFrame(player.time()));
  return () => cancelAnimationFrame(frame);
}

/**
 * Waits between samples without a callback for every frame: the player is asked only when the next sample is due.
 * @param onFrame called with the media time, in seconds
 */
export function createFrameClock(
  player: Player,
  onFrame: (mediaTime: number) => void,
  signal: AbortSignal,
): FrameClock {
  const { element } = player;
  // Firefox before 132 has no frame callback: what is shown with the next paint is near enough.
  const byFrame = element instanceof HTMLVideoElement && typeof element.requestVideoFrameCallback === 'function';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let cancel: Cancel | undefined;
  const rest = () => {
    clearTimeout(timer);
    timer = undefined;
    cancel?.();
    cancel = undefined;
  };
  const arrived = (mediaTime: number) => {
    cancel = undefined;
    if (!signal.aborted) onFrame(mediaTime);
  };
  signal.addEventListener('abort', rest, { once: true });
  return {
    rest,
    ask(afterMs) {
      rest();
      if (signal.aborted) return;
      timer = setTimeout(() => {
        timer = undefined;
        cancel = byFrame ? nextVideoFrame(element, arrived) : nextPaint(player, arrived);
      }, afterMs);
    },
  };
}

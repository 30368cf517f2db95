/** While something is shown, the page is measured at least this often: pages move things without any event. */
const IDLE_LAYOUT_MS = 300;
/** Before the rest of a layout that took too long: what the page wants goes first. */
const REST_AFTER_MS = 20;

export interface LayoutLoop {
  /** Asks for a layout with the next frame. */
  request(): void;
  /** Asks for what changed to be drawn with the next frame. */
  redraw(): void;
  /** Starts or stops the slow tick. */
  keep(active: boolean): void;
}

/**
 * Why the page is measured: what is shown changed; things were scrolled, and no more; or the slow tick, when costly
 * questions may be asked.
 */
export type LayoutCause = 'changed' | 'moved' | 'settled';

export interface LayoutTasks {
  /** Measures the page and moves things. @returns whether some is still to be done, for which there was no time */
  layout(cause: LayoutCause): boolean;
  /** Draws what changed since the last frame. */
  draw(): void;
  /** The page, or a part of it, was scrolled or resized. */
  moved(): void;
}

/**
 * Runs `layout` at most once a frame after scrolling, resizing or a request, and slowly while kept; `draw` at most once a
 * frame. It measures before it draws: in a frame that begins, the browser knows every place already.
 */
export function createLayoutLoop({ layout, draw, moved }: LayoutTasks, signal: AbortSignal): LayoutLoop {
  let frame = 0;
  let toMeasure: LayoutCause | undefined;
  let toDraw = false;
  let ticker: ReturnType<typeof setInterval> | undefined;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const run = () => {
    frame = 0;
    const [cause, draws] = [toMeasure, toDraw];
    [toMeasure, toDraw] = [undefined, false];
    if (cause && layout(cause)) request();
    if (draws) draw();
  };
  const schedule = () => {
    if (!frame && !signal.aborted) frame = requestAnimationFrame(run);
  };
  const request = () => {
    toMeasure = 'changed';
    schedule();
  };
  const redraw = () => {
    toDraw = true;
    schedule();
  };
  const settle = () => {
    rest = undefined;
    if (document.visibilityState === 'visible' && layout('settled')) rest ??= setTimeout(settle, REST_AFTER_MS);
  };
  const keep = (active: boolean) => {
    if (active && ticker === undefined && !signal.aborted) {
      ticker = setInterval(settle, IDLE_LAYOUT_MS);
    } else if (!active) {
      clearInterval(ticker);
      clearTimeout(rest);
      [ticker, rest] = [undefined, undefined];
    }
  };

  const passive = { capture: true, passive: true, signal } as const;
  const onMove = () => {
    moved();
    if (ticker === undefined) return;
    toMeasure ??= 'moved';
    schedule();
  };
  window.addEventListener('scroll', onMove, passive);
  window.addEventListener('resize', onMove, passive);
  window.visualViewport?.addEventListener('resize', onMove, passive);
  window.visualViewport?.addEventListener('scroll', onMove, passive);
  signal.addEventListener('abort', () => {
    cancelAnimationFrame(frame);
    keep(false);
  });
  return { request, redraw, keep };
}

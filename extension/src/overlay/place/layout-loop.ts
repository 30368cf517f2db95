/** While something is shown, the page is measured at least this often: pages move things without any event. */
const IDLE_LAYOUT_MS = 300;

export interface LayoutLoop {
  /** Asks for a layout with the next frame. */
  request(): void;
  /** Asks for what changed to be drawn with the next frame. */
  redraw(): void;
  /** Starts or stops the slow tick. */
  keep(active: boolean): void;
}

export interface LayoutTasks {
  /** Measures the page and moves things. `settled` is true on the slow tick, when costly questions may be asked. */
  layout(settled: boolean): void;
  /** Draws what changed since the last frame. */
  draw(): void;
}

/**
 * Runs `layout` at most once a frame after scrolling, resizing or a request, and slowly while kept; `draw` at most once a
 * frame. It measures before it draws: in a frame that begins, the browser knows every place already.
 */
export function createLayoutLoop({ layout, draw }: LayoutTasks, signal: AbortSignal): LayoutLoop {
  let frame = 0;
  let [toMeasure, toDraw] = [false, false];
  let ticker: ReturnType<typeof setInterval> | undefined;

  const run = () => {
    frame = 0;
    const [measures, draws] = [toMeasure, toDraw];
    [toMeasure, toDraw] = [false, false];
    if (measures) layout(false);
    if (draws) draw();
  };
  const schedule = () => {
    if (!frame && !signal.aborted) frame = requestAnimationFrame(run);
  };
  const request = () => {
    toMeasure = true;
    schedule();
  };
  const redraw = () => {
    toDraw = true;
    schedule();
  };
  const keep = (active: boolean) => {
    if (active && ticker === undefined && !signal.aborted) {
      ticker = setInterval(() => {
        if (document.visibilityState === 'visible') layout(true);
      }, IDLE_LAYOUT_MS);
    } else if (!active) {
      clearInterval(ticker);
      ticker = undefined;
    }
  };

  const passive = { capture: true, passive: true, signal } as const;
  const onMove = () => {
    if (ticker !== undefined) request();
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

/** While something is shown, the page is measured at least this often: pages move things without any event. */
const IDLE_LAYOUT_MS = 300;

export interface LayoutLoop {
  /** Asks for a layout with the next frame. */
  request(): void;
  /** Starts or stops the slow tick. */
  keep(active: boolean): void;
}

/**
 * Runs `layout` at most once a frame after scrolling, resizing or a request, and slowly while kept.
 * @param layout `settled` is true on the slow tick, when costly questions may be asked
 */
export function createLayoutLoop(layout: (settled: boolean) => void, signal: AbortSignal): LayoutLoop {
  let frame = 0;
  let ticker: ReturnType<typeof setInterval> | undefined;

  const request = () => {
    if (frame || signal.aborted) return;
    frame = requestAnimationFrame(() => {
      frame = 0;
      layout(false);
    });
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
  return { request, keep };
}

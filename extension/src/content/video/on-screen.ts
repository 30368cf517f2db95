/** Where followed elements are on the screen. */
export interface OnScreen {
  watch(element: Element): void;
  unwatch(element: Element): void;
  /** Visible area in CSS pixels. */
  area(element: Element): number;
}

/** Share of a video that must be in view for it to count as watched. */
const VISIBLE_SHARE = 0.15;
/** Shares at which it is measured again: enough to rank videos by what is seen of them. */
const STEPS = [0, VISIBLE_SHARE, 0.3, 0.5, 0.75, 1];

export function watchOnScreen(changed: () => void, signal: AbortSignal): OnScreen {
  const areas = new Map<Element, number>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio, intersectionRect } of entries)
        areas.set(target, intersectionRatio >= VISIBLE_SHARE ? intersectionRect.width * intersectionRect.height : 0);
      changed();
    },
    { threshold: STEPS },
  );
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
  return {
    watch: (element) => observer.observe(element),
    unwatch(element) {
      observer.unobserve(element);
      areas.delete(element);
    },
    // Its own window lies above every page.
    area: (element) =>
      document.pictureInPictureElement === element ? Number.MAX_SAFE_INTEGER : (areas.get(element) ?? 0),
  };
}

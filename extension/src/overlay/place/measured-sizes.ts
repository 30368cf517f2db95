import type { Size } from './geometry.ts';

/** Sizes of elements as the browser lays them out anyway: to ask for them would make it do so at once, for each change. */
export interface MeasuredSizes {
  /** @param look elements of one look are equally large; absent where an element is like no other */
  watch(element: HTMLElement, look?: string): void;
  unwatch(element: HTMLElement): void;
  /** In CSS pixels, borders included; undefined before the first layout. */
  known(element: HTMLElement): Size | undefined;
  /** What an element of this look was measured to be; undefined where there was none. */
  ofLook(look: string): Size | undefined;
  /** A watched element has got another look. One that nothing had before is measured at once. */
  setLook(element: HTMLElement, look: string): void;
  /** As `known`, measured at once where it is not known. */
  now(element: HTMLElement): Size;
}

/** Looks whose sizes are kept. */
const LOOKS_LIMIT = 200;

const measure = ({ offsetWidth, offsetHeight }: HTMLElement): Size => ({ width: offsetWidth, height: offsetHeight });

/** @param changed called after a layout in which a watched element got a size that was not known of it */
export function measureSizes(changed: () => void, signal: AbortSignal): MeasuredSizes {
  const sizes = new WeakMap<Element, Size>();
  const looks = new WeakMap<Element, string>();
  const byLook = new Map<string, Size>();
  const keep = (target: Element, size: Size) => {
    sizes.set(target, size);
    const look = looks.get(target);
    if (look === undefined) return;
    if (byLook.size >= LOOKS_LIMIT) byLook.clear();
    byLook.set(look, size);
  };
  const observer = new ResizeObserver((entries) => {
    let isNews = false;
    for (const { target, borderBoxSize } of entries) {
      const [box] = borderBoxSize;
      if (!box) continue;
      const size = { width: Math.round(box.inlineSize), height: Math.round(box.blockSize) };
      const before = sizes.get(target);
      if (before?.width === size.width && before.height === size.height) continue;
      isNews = true;
      keep(target, size);
    }
    if (isNews) changed();
  });
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
  return {
    watch(element, look) {
      const size = look === undefined ? undefined : byLook.get(look);
      if (look !== undefined) looks.set(element, look);
      if (size) sizes.set(element, size);
      observer.observe(element, { box: 'border-box' });
    },
    unwatch(element) {
      observer.unobserve(element);
      sizes.delete(element);
    },
    known: (element) => sizes.get(element),
    ofLook: (look) => byLook.get(look),
    setLook(element, look) {
      looks.set(element, look);
      const size = byLook.get(look);
      if (size) sizes.set(element, size);
      // What was never laid out is told of when it has been.
      else if (sizes.has(element)) keep(element, measure(element));
    },
    now: (element) => sizes.get(element) ?? measure(element),
  };
}

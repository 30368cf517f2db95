import type { Size } from './geometry.ts';

/** Sizes of elements as the browser lays them out anyway: to ask for them would make it do so at once, for each change. */
export interface MeasuredSizes {
  watch(element: HTMLElement): void;
  unwatch(element: HTMLElement): void;
  /** In CSS pixels, borders included; undefined before the first layout. */
  known(element: HTMLElement): Size | undefined;
  /** As above, measured at once where it is not known. */
  now(element: HTMLElement): Size;
  /** Measures elements at once that were changed after the browser last did: one reflow for all of them. */
  renew(elements: readonly HTMLElement[]): void;
}

const measure = ({ offsetWidth, offsetHeight }: HTMLElement): Size => ({ width: offsetWidth, height: offsetHeight });

/** @param changed called after a layout in which a watched element got another size */
export function measureSizes(changed: () => void, signal: AbortSignal): MeasuredSizes {
  const sizes = new WeakMap<Element, Size>();
  const observer = new ResizeObserver((entries) => {
    for (const { target, borderBoxSize } of entries) {
      const [box] = borderBoxSize;
      if (box) sizes.set(target, { width: Math.round(box.inlineSize), height: Math.round(box.blockSize) });
    }
    changed();
  });
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
  return {
    watch: (element) => observer.observe(element, { box: 'border-box' }),
    unwatch(element) {
      observer.unobserve(element);
      sizes.delete(element);
    },
    known: (element) => sizes.get(element),
    now: (element) => sizes.get(element) ?? measure(element),
    renew(elements) {
      // What was never laid out is told of when it has been.
      for (const element of elements) if (sizes.has(element)) sizes.set(element, measure(element));
    },
  };
}

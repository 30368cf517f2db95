import type { PagePictures } from './page-pictures.ts';

/** Pictures of the page through the capture folder. */
export function pagePictures(signal: AbortSignal): PagePictures {
  let target: Element | undefined;
  document.addEventListener(
    'contextmenu',
    (event) => {
      const [first] = event.composedPath();
      target = first instanceof Element ? first : undefined;
    },
    { capture: true, signal },
  );
  return {
    clicked: () => target,
    address: (element) => (element instanceof HTMLImageElement ? element.currentSrc || undefined : undefined),
    async pixels(element) {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { rect: { x, y, width, height, devicePixelRatio } };
    },
    scan: (root) => root.querySelectorAll('img'),
  };
}

import { type Box, intersection } from '../place/geometry.ts';
import type { OverlayHost } from './host.ts';

/**
 * Keeps the overlay out of screenshots.
 * @param parts everything of it that may lie over the page now
 * @returns hides what lies over a part of the page, or everything; or shows all again
 */
export function createConcealment(
  host: OverlayHost,
  parts: () => readonly HTMLElement[],
): (hidden: boolean, over?: Box) => void {
  const concealed: HTMLElement[] = [];
  return (hidden, over) => {
    if (!over || !hidden) {
      host.conceal(hidden);
      for (const part of concealed.splice(0)) part.style.opacity = '';
      return;
    }
    for (const part of parts()) {
      const { width, height } = intersection(part.getBoundingClientRect(), over);
      if (width <= 0 || height <= 0) continue;
      part.style.opacity = '0';
      concealed.push(part);
    }
  };
}

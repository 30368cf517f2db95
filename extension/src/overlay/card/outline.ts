import { element } from '../draw/element.ts';
import type { Box } from '../place/geometry.ts';

/** A frame around the picture that the open card is about. The card says the same in words. */
export interface Outline {
  readonly element: HTMLElement;
  /** @param box of the picture, in CSS pixels of the viewport; undefined takes the frame away */
  layout(box: Box | undefined): void;
}

export function createOutline(): Outline {
  const frame = element('div', { class: 'outline', attributes: { 'aria-hidden': 'true' } });
  frame.hidden = true;
  return {
    element: frame,
    layout(box) {
      frame.hidden = !box;
      if (!box) return;
      frame.style.width = `${box.width}px`;
      frame.style.height = `${box.height}px`;
      frame.style.transform = `translate(${box.x}px, ${box.y}px)`;
    },
  };
}

import type { Box } from './geometry.ts';

/**
 * Lays a layer exactly over a picture of the page, and shows no more of it than of the picture.
 * @param box what of the picture is shown, in CSS pixels of the viewport; undefined hides the layer
 * @param whole where all of the picture would be
 */
export function layOver(layer: HTMLElement, box: Box | undefined, whole: Box | undefined = box): void {
  layer.style.visibility = box ? '' : 'hidden';
  if (!box || !whole) return;
  layer.style.width = `${whole.width}px`;
  layer.style.height = `${whole.height}px`;
  layer.style.transform = `translate(${whole.x}px, ${whole.y}px)`;
  const [top, left] = [box.y - whole.y, box.x - whole.x];
  const [right, bottom] = [whole.width - left - box.width, whole.height - top - box.height];
  layer.style.clipPath = `inset(${top}px ${right}px ${bottom}px ${left}px)`;
}

/** CSS pixels; smaller than this nobody reads or hits it knowingly. */
const LEAST_WIDTH = 24;
const LEAST_HEIGHT = 14;
/** Share; below it something shines through. */
const LEAST_OPACITY = 0.95;
/** Share of the width and height where the element is probed, from its start. */
const PROBES = [
  [0.5, 0.5],
  [0.1, 0.2],
  [0.9, 0.2],
  [0.1, 0.8],
  [0.9, 0.8],
] as const;

/** The element and all that it is drawn in, out of shadow roots too. */
function* boxesAround(element: Element): Generator<Element> {
  for (let box: Element | undefined = element; box; ) {
    yield box;
    const root: Node = box.getRootNode();
    box = box.assignedSlot ?? box.parentElement ?? (root instanceof ShadowRoot ? root.host : undefined);
  }
}

/**
 * Whether a person can see the whole element, as far as styles and hit tests tell: large enough, inside the window,
 * opaque, unfiltered, and nothing that takes clicks over it.
 * @param host what the page's own hit test gives for a place on the element (the host of its shadow root)
 */
export function plainlyVisible(element: Element, host: Element): boolean {
  const { left, top, width, height } = element.getBoundingClientRect();
  if (width < LEAST_WIDTH || height < LEAST_HEIGHT) return false;
  let opacity = 1;
  for (const box of boxesAround(element)) {
    const style = getComputedStyle(box);
    opacity *= style.opacity === '' ? 1 : Number(style.opacity);
    if (style.visibility === 'hidden' || style.visibility === 'collapse') return false;
    for (const effect of [style.filter, style.clipPath, style.maskImage, style.perspective])
      if (effect && effect !== 'none') return false;
    if (style.mixBlendMode && style.mixBlendMode !== 'normal') return false;
  }
  if (opacity < LEAST_OPACITY) return false;
  return PROBES.every(([x, y]) => element.ownerDocument.elementFromPoint(left + x * width, top + y * height) === host);
}

import { type Box, intersection } from './geometry.ts';

/** Levels of the page looked through at one point; real pages stack far fewer over a picture. */
const HIT_TEST_DEPTH = 12;
/** A background at least this opaque hides what is below it. */
const OPAQUE_ALPHA = 0.6;
/** Less than this is not seen. */
const VISIBLE_ALPHA = 0.1;
/** Texts asked for their place in one element; labels have one. */
const TEXTS = 8;

const PAINTED = new Set(['IMG', 'VIDEO', 'CANVAS', 'IFRAME', 'EMBED', 'OBJECT']);
const CONTROLS = new Set(['BUTTON', 'INPUT', 'SELECT', 'TEXTAREA', 'SVG', 'PATH', 'USE']);

function alphaOf(colour: string): number {
  const parts = /^rgba?\(([^)]*)\)$/.exec(colour)?.[1]?.split(/[\s,/]+/);
  if (!parts) return colour === 'transparent' ? 0 : 1;
  return parts.length < 4 ? 1 : Number.parseFloat(parts[3] ?? '1');
}

/** Whether an element hides what lies below it. */
export function hides(cover: Element): boolean {
  const style = getComputedStyle(cover);
  if (Number.parseFloat(style.opacity) < OPAQUE_ALPHA || style.visibility !== 'visible') return false;
  if (PAINTED.has(cover.tagName) || style.backgroundImage.includes('url(')) return true;
  return alphaOf(style.backgroundColor) >= OPAQUE_ALPHA;
}

export const showsPicture = (cover: Element): boolean =>
  PAINTED.has(cover.tagName) || getComputedStyle(cover).backgroundImage.includes('url(');

/** Whether an element draws a word or a sign of its own inside a box: a label of a shop, a heart, a price. */
export function drawsIn(cover: Element, box: Box): boolean {
  if (CONTROLS.has(cover.tagName.toUpperCase())) return true;
  const style = getComputedStyle(cover);
  if (Number.parseFloat(style.opacity) < VISIBLE_ALPHA || style.visibility !== 'visible') return false;
  let left = TEXTS;
  for (const node of cover.childNodes) {
    if (node.nodeType !== Node.TEXT_NODE || !node.nodeValue?.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      const { width, height } = intersection(rect, box);
      if (width > 0 && height > 0) return true;
    }
    left -= 1;
    if (left === 0) break;
  }
  return false;
}

/** Follows flat-tree ancestors, out of shadow roots too. */
export function parentOf(node: Element): Element | null {
  if (node.assignedSlot) return node.assignedSlot;
  if (node.parentElement) return node.parentElement;
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

function isWithin(node: Element, ancestor: Element): boolean {
  for (let at: Element | null = node; at; at = parentOf(at)) if (at === ancestor) return true;
  return false;
}

/**
 * What lies over a point of the target, topmost first, up to the target itself.
 * @param stack the document's elements at that point
 */
export function* above(
  target: Element,
  stack: readonly Element[],
  isOurs: (node: Element) => boolean,
): Generator<Element> {
  for (const hit of stack.slice(0, HIT_TEST_DEPTH)) {
    if (isOurs(hit)) continue;
    if (isWithin(target, hit) || isWithin(hit, target)) return;
    yield hit;
  }
}

/**
 * Tells whether a point is one of the target's own: not beside a turned, round or clipped picture.
 * @returns asks it of a point; `stack` is what the document has there
 */
export function hitTestOf(target: Element): (x: number, y: number, stack: readonly Element[]) => boolean {
  // Hit tests pass over it, wherever it is.
  if (getComputedStyle(target).pointerEvents === 'none') return () => true;
  const root = target.getRootNode();
  if (root instanceof ShadowRoot) return (x, y) => root.elementsFromPoint(x, y).includes(target);
  return (_x, _y, stack) => stack.includes(target);
}

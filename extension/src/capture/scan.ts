import { describeQuickly } from './picture.ts';
import { shadowRootOf } from './shadow-root.ts';

/** Elements that show nothing of their own, so that asking for their style is wasted. */
const BARE: ReadonlySet<string> = new Set(
  'head script style link meta title template noscript br wbr hr source track option optgroup param col colgroup'.split(
    ' ',
  ),
);
const PICTURES: ReadonlySet<string> = new Set(['img', 'image', 'video', 'canvas']);

/**
 * Pictures under a root in document order, shadow roots included, found one at a time: the caller decides how long it
 * looks before it lets the page run.
 * @param met called with each shadow root that was looked into
 */
export function* scanPictures(
  root: Document | ShadowRoot | Element,
  met?: (inner: ShadowRoot) => void,
): Generator<Element> {
  if (root instanceof Element && !BARE.has(root.localName)) yield* look(root, met);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT, {
    acceptNode: (node) => (BARE.has((node as Element).localName) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  for (let node = walker.nextNode(); node; node = walker.nextNode()) yield* look(node as Element, met);
}

function* look(element: Element, met?: (inner: ShadowRoot) => void): Generator<Element> {
  if (PICTURES.has(element.localName) || describeQuickly(element)) yield element;
  const inner = shadowRootOf(element);
  if (!inner) return;
  met?.(inner);
  yield* scanPictures(inner, met);
}

import { shadowRootOf } from './shadow-root.ts';

/**
 * Videos under a root in document order, shadow roots included, found one at a time.
 * @param met called with each shadow root that was looked into
 */
export function* scanVideos(
  root: Document | ShadowRoot | Element,
  met?: (inner: ShadowRoot) => void,
): Generator<HTMLVideoElement> {
  if (root instanceof Element) yield* look(root, met);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) yield* look(node as Element, met);
}

function* look(element: Element, met?: (inner: ShadowRoot) => void): Generator<HTMLVideoElement> {
  if (element instanceof HTMLVideoElement) yield element;
  const inner = shadowRootOf(element);
  if (!inner) return;
  met?.(inner);
  yield* scanVideos(inner, met);
}

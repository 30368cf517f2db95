import { shadowRootOf } from './shadow-root.ts';

/** Videos under a root in document order, shadow roots included, found one at a time. */
export function* scanVideos(root: Document | ShadowRoot | Element): Generator<HTMLVideoElement> {
  if (root instanceof Element) yield* look(root);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) yield* look(node as Element);
}

function* look(element: Element): Generator<HTMLVideoElement> {
  if (element instanceof HTMLVideoElement) yield element;
  const inner = shadowRootOf(element);
  if (inner) yield* scanVideos(inner);
}

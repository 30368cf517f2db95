import { shadowRootOf } from './shadow-root.ts';

/**
 * Elements under a point of this frame's viewport, topmost first, also those inside open and closed shadow roots.
 * @param x CSS pixels of the frame's viewport @param y likewise
 */
export function elementsAt(x: number, y: number, root: Document | ShadowRoot = document): Element[] {
  const found = new Set<Element>();
  const visited = new Set<Document | ShadowRoot>();
  const look = (within: Document | ShadowRoot) => {
    visited.add(within);
    for (const element of within.elementsFromPoint(x, y)) {
      const inner = shadowRootOf(element);
      // What is inside is painted over the host's own background.
      if (inner && !visited.has(inner)) look(inner);
      found.add(element);
    }
  };
  look(root);
  return [...found];
}

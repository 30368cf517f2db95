import type { TabPlace } from '../messaging/content-messages.ts';
import { type Box, isTouching } from '../overlay/place/geometry.ts';

/** @returns where a box of this frame lies in the page, where that is the same and in view */
export function tabPlace(box: Box): TabPlace | undefined {
  const viewport = { width: innerWidth, height: innerHeight };
  if (window !== window.top || !isTouching(box, viewport)) return undefined;
  const [x, y] = [Math.max(0, box.x), Math.max(0, box.y)];
  const width = Math.min(viewport.width, box.x + box.width) - x;
  const height = Math.min(viewport.height, box.y + box.height) - y;
  return { x, y, width, height, viewport };
}

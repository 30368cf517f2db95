import type { ScreenRect } from '../messaging/content-messages.ts';

/** Below this many CSS pixels on a side, a crop would show nothing. */
const SMALLEST_SIDE = 4;

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Border and padding of a replaced element are not picture. */
function contentBox(element: Element): Box {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const inset = (side: 'Left' | 'Top' | 'Right' | 'Bottom'): number =>
    (Number.parseFloat(style[`border${side}Width`]) || 0) + (Number.parseFloat(style[`padding${side}`]) || 0);
  return {
    left: left + inset('Left'),
    top: top + inset('Top'),
    right: right - inset('Right'),
    bottom: bottom - inset('Bottom'),
  };
}

const REPLACED: ReadonlySet<string> = new Set(['img', 'canvas', 'video', 'input']);

/**
 * Where the visible part of an element's picture lies in this frame's viewport.
 * @returns undefined where none of it is in view
 */
export function screenRect(element: Element): ScreenRect | undefined {
  const box = REPLACED.has(element.localName) ? contentBox(element) : element.getBoundingClientRect();
  return visibleRect(box);
}

/** The part of a box of this frame's viewport that is on the screen; pinch zoom counts in the top frame. */
export function visibleRect(box: Box): ScreenRect | undefined {
  const left = Math.max(0, box.left);
  const top = Math.max(0, box.top);
  const width = Math.min(innerWidth, box.right) - left;
  const height = Math.min(innerHeight, box.bottom) - top;
  if (width < SMALLEST_SIDE || height < SMALLEST_SIDE) return undefined;
  const view = window === window.top ? visualViewport : null;
  const scale = view?.scale ?? 1;
  return {
    x: (left - (view?.offsetLeft ?? 0)) * scale,
    y: (top - (view?.offsetTop ?? 0)) * scale,
    width: width * scale,
    height: height * scale,
    devicePixelRatio,
  };
}

import { fitted } from './fitted.ts';
import { type Box, intersection, type Size } from './geometry.ts';

/** Where a picture is in the viewport. */
export interface DrawnBox {
  /** What of the element shows the picture. */
  readonly shown: Box;
  /** All of the picture, which may reach beyond what is shown. */
  readonly whole: Box;
}

/** Sides may differ by this much in scale and still count as not turned. */
const SAME_SCALE = 0.02;

function naturalSize(target: Element): Size | undefined {
  if (target instanceof HTMLImageElement) return { width: target.naturalWidth, height: target.naturalHeight };
  if (target instanceof HTMLVideoElement) return { width: target.videoWidth, height: target.videoHeight };
  if (target instanceof HTMLCanvasElement) return { width: target.width, height: target.height };
  return undefined;
}

/**
 * Leaves out what of a replaced element is no picture: border, padding, the bars beside a picture that is fitted in.
 * @param rect the element's box in the viewport
 */
export function drawnBox(target: Element, rect: Box): DrawnBox {
  const natural = naturalSize(target);
  if (!natural || !(target instanceof HTMLElement) || target.offsetWidth === 0) return { shown: rect, whole: rect };
  const [across, down] = [rect.width / target.offsetWidth, rect.height / target.offsetHeight];
  // Turned or tilted: its sides are not those of the box around it.
  if (Math.abs(across - down) > SAME_SCALE * across) return { shown: rect, whole: rect };
  const style = getComputedStyle(target);
  const edge = (side: 'Left' | 'Top' | 'Right' | 'Bottom') =>
    (Number.parseFloat(style[`border${side}Width`]) || 0) + (Number.parseFloat(style[`padding${side}`]) || 0);
  const [left, top] = [edge('Left') * across, edge('Top') * down];
  const content = {
    x: rect.x + left,
    y: rect.y + top,
    width: rect.width - left - edge('Right') * across,
    height: rect.height - top - edge('Bottom') * down,
  };
  const scaled = { width: natural.width * across, height: natural.height * down };
  const whole = fitted(content, scaled, style.objectFit || 'fill', style.objectPosition || undefined);
  return { shown: intersection(whole, content), whole };
}

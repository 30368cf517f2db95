import { above, drawsIn, hides, hitTestOf, parentOf, showsPicture } from './covers.ts';
import { drawnBox } from './drawn-box.ts';
import { type Box, intersection } from './geometry.ts';

/**
 * What a place on the screen is, for a badge: `free` on the picture, `used` by a word or control of the page that lies
 * over it, `taken` where the picture is not seen.
 */
export type Ground = 'free' | 'used' | 'taken';

/** What a card or badge belongs to: an element of the page, or a fixed place such as the viewport. */
export interface Anchor {
  /**
   * What of the picture is shown in the viewport; undefined when it is gone or not rendered.
   * @param moved things have moved, and nothing else is asked: borders and clipping are taken as they were
   */
  box(moved?: boolean): Box | undefined;
  /** Where all of the picture would be, clipped parts included: what is drawn over it has its measure. */
  whole(): Box | undefined;
  /**
   * Costs hit tests: ask seldom.
   * @param middle whether its middle is enough, which costs a third
   */
  ground(place: Box, middle?: boolean): Ground;
  /** True when another picture, or what shows one, lies over most of what of it is in view. As costly. */
  underPicture(): boolean;
  /** Brings the picture into view; absent where it always is. */
  reveal?(): void;
  /** Draws the picture small. @returns whether there was something to draw */
  paint?(canvas: HTMLCanvasElement): boolean;
}

/** Ancestors asked whether they clip the picture. */
const CLIP_DEPTH = 24;
/** A picture that covers this share of another stands in its place; buttons, logos and ribbons cover less. */
const REPLACING_SHARE = 0.5;

/** Every ancestor that scrolls or hides its overflow. */
function clipsOf(target: Element): Element[] {
  const clips: Element[] = [];
  let at = parentOf(target);
  for (let depth = 0; at && at !== document.documentElement && at !== document.body && depth < CLIP_DEPTH; depth++) {
    const { overflowX, overflowY, position } = getComputedStyle(at);
    if (overflowX !== 'visible' || overflowY !== 'visible') clips.push(at);
    if (position === 'fixed') break;
    at = parentOf(at);
  }
  return clips;
}

/** What does not change while things only move. */
interface Shape {
  /** Of the element's box. */
  readonly width: number;
  readonly height: number;
  /** The part that shows the picture, from the corner of that box. */
  readonly shown: Box;
  readonly clips: readonly Element[];
}

function shapeOf(target: Element, rect: DOMRect): Shape {
  const { x, y, width, height } = drawnBox(target, rect).shown;
  return {
    width: rect.width,
    height: rect.height,
    shown: { x: x - rect.x, y: y - rect.y, width, height },
    clips: clipsOf(target),
  };
}

function shownPart(rect: DOMRect, { shown, clips }: Shape): Box | undefined {
  let box: Box = { x: rect.x + shown.x, y: rect.y + shown.y, width: shown.width, height: shown.height };
  for (const clip of clips) box = intersection(box, clip.getBoundingClientRect());
  return box.width > 0 && box.height > 0 ? box : undefined;
}

const area = ({ width, height }: Box): number => width * height;

/** Where a badge is looked at: in its middle and at both ends. */
const probes = ({ x, y, width, height }: Box): (readonly [number, number])[] => [
  [x + width / 2, y + height / 2],
  [x + 2, y + height / 2],
  [x + width - 2, y + height / 2],
];

function groundOf(target: Element, place: Box, isOurs: (node: Element) => boolean, middle: boolean): Ground {
  let ground: Ground = 'free';
  const isHit = hitTestOf(target);
  for (const [index, [x, y]] of probes(place).entries()) {
    const stack = document.elementsFromPoint(x, y);
    if (!isHit(x, y, stack)) return 'taken';
    for (const cover of above(target, stack, isOurs)) {
      // The middle alone decides whether it would float over something else; a ribbon may end beside it.
      if (hides(cover)) {
        if (index === 0) return 'taken';
        ground = 'used';
      } else if (drawsIn(cover, place)) ground = 'used';
    }
    if (middle) break;
  }
  return ground;
}

/** Draws an element's picture into a canvas of the size it has on the page. */
function paintElement(target: Element, canvas: HTMLCanvasElement): boolean {
  const drawable =
    target instanceof HTMLImageElement || target instanceof HTMLVideoElement || target instanceof HTMLCanvasElement;
  const context = canvas.getContext('2d');
  if (!drawable || !context) return false;
  const [width, height] =
    target instanceof HTMLImageElement
      ? [target.naturalWidth, target.naturalHeight]
      : target instanceof HTMLVideoElement
        ? [target.videoWidth, target.videoHeight]
        : [target.width, target.height];
  if (width === 0 || height === 0) return false;
  const scale = Math.max(canvas.width / width, canvas.height / height);
  try {
    context.drawImage(
      target,
      (canvas.width - width * scale) / 2,
      (canvas.height - height * scale) / 2,
      width * scale,
      height * scale,
    );
    return true;
  } catch {
    // A broken picture has nothing to draw.
    return false;
  }
}

/** @param isOurs tells the overlay's own host, which lies above everything */
export function elementAnchor(target: Element, isOurs: (node: Element) => boolean): Anchor {
  let shape: Shape | undefined;
  return {
    box(moved = false) {
      if (!target.isConnected) return undefined;
      const rect = target.getBoundingClientRect();
      // Most pictures of a long page are out of view: nothing more is asked of them.
      if (rect.bottom < 0 || rect.right < 0 || rect.top > innerHeight || rect.left > innerWidth) return rect;
      if (moved && shape?.width === rect.width && shape.height === rect.height) return shownPart(rect, shape);
      shape = undefined;
      // A picture that a page keeps transparent above its twin (a background) still counts: only its parent is asked.
      const shown = target.parentElement ?? target;
      if (!shown.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return undefined;
      shape = shapeOf(target, rect);
      return shownPart(rect, shape);
    },
    whole() {
      return target.isConnected ? drawnBox(target, target.getBoundingClientRect()).whole : undefined;
    },
    ground: (place, middle = false) => groundOf(target, place, isOurs, middle),
    underPicture() {
      const box = this.box();
      const visible = box && intersection(box, { x: 0, y: 0, width: innerWidth, height: innerHeight });
      if (!visible || area(visible) === 0) return false;
      const [x, y] = [visible.x + visible.width / 2, visible.y + visible.height / 2];
      for (const cover of above(target, document.elementsFromPoint(x, y), isOurs))
        if (
          hides(cover) &&
          showsPicture(cover) &&
          area(intersection(visible, cover.getBoundingClientRect())) >= REPLACING_SHARE * area(visible)
        )
          return true;
      return false;
    },
    reveal: () => target.scrollIntoView({ block: 'center', inline: 'nearest' }),
    paint: (canvas) => paintElement(target, canvas),
  };
}

/** The visible part of the page as a whole: the card stands in its upper corner. */
export function viewportAnchor(): Anchor {
  const everything = () => ({ x: 0, y: 0, width: innerWidth, height: innerHeight });
  return { box: everything, whole: everything, ground: () => 'free', underPicture: () => false };
}

/** A part of the page that a person chose: it scrolls with the page. @param box in CSS pixels of the viewport */
export function rectangleAnchor(box: Box): Anchor {
  const [left, top] = [box.x + scrollX, box.y + scrollY];
  const now = () => ({ x: left - scrollX, y: top - scrollY, width: box.width, height: box.height });
  return {
    box: now,
    whole: now,
    ground: () => 'free',
    underPicture: () => false,
    reveal: () => scrollTo({ left: left - innerWidth / 4, top: top - innerHeight / 4 }),
  };
}

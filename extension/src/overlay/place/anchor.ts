import { type Box, intersection } from './geometry.ts';

/** What a card or badge belongs to: an element of the page, or a fixed place such as the viewport. */
export interface Anchor {
  /** Place in the viewport; undefined when the picture is gone or not rendered. */
  box(): Box | undefined;
  /** False when something opaque lies over it. Costs hit tests: ask seldom. */
  uncovered(visible: Box): boolean;
  /** True when another picture, or what shows one, lies over most of what of it is in view. As costly. */
  underPicture(): boolean;
}

/** Levels of the page looked through at one point; real pages stack far fewer over a picture. */
const HIT_TEST_DEPTH = 12;
/** Ancestors asked whether they clip the picture. */
const CLIP_DEPTH = 24;
/** A background at least this opaque hides what is below it. */
const OPAQUE_ALPHA = 0.6;

/** A picture that covers this share of another stands in its place; buttons, logos and ribbons cover less. */
const REPLACING_SHARE = 0.5;

const PAINTED = new Set(['IMG', 'VIDEO', 'CANVAS', 'IFRAME', 'EMBED', 'OBJECT']);

function alphaOf(colour: string): number {
  const parts = /^rgba?\(([^)]*)\)$/.exec(colour)?.[1]?.split(/[\s,/]+/);
  if (!parts) return colour === 'transparent' ? 0 : 1;
  return parts.length < 4 ? 1 : Number.parseFloat(parts[3] ?? '1');
}

function hides(cover: Element): boolean {
  const style = getComputedStyle(cover);
  if (Number.parseFloat(style.opacity) < OPAQUE_ALPHA || style.visibility !== 'visible') return false;
  if (PAINTED.has(cover.tagName) || style.backgroundImage.includes('url(')) return true;
  return alphaOf(style.backgroundColor) >= OPAQUE_ALPHA;
}

/** Follows flat-tree ancestors, out of shadow roots too. */
function parentOf(node: Element): Element | null {
  if (node.assignedSlot) return node.assignedSlot;
  if (node.parentElement) return node.parentElement;
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

function isWithin(node: Element, ancestor: Element): boolean {
  for (let at: Element | null = node; at; at = parentOf(at)) if (at === ancestor) return true;
  return false;
}

/** Cuts a box by every ancestor that scrolls or hides its overflow. */
function clippedBox(target: Element, whole: Box): Box {
  let box = whole;
  let at = parentOf(target);
  for (let depth = 0; at && at !== document.documentElement && at !== document.body && depth < CLIP_DEPTH; depth++) {
    const style = getComputedStyle(at);
    if (style.overflowX !== 'visible' || style.overflowY !== 'visible')
      box = intersection(box, at.getBoundingClientRect());
    if (style.position === 'fixed') break;
    at = parentOf(at);
  }
  return box;
}

/** What lies over a point of the target, topmost first, up to the target itself. */
function* coversAt(target: Element, x: number, y: number, isOurs: (node: Element) => boolean): Generator<Element> {
  for (const hit of document.elementsFromPoint(x, y).slice(0, HIT_TEST_DEPTH)) {
    if (isOurs(hit)) continue;
    if (isWithin(target, hit) || isWithin(hit, target)) return;
    if (hides(hit)) yield hit;
  }
}

const area = ({ width, height }: Box): number => width * height;

const showsPicture = (cover: Element): boolean =>
  PAINTED.has(cover.tagName) || getComputedStyle(cover).backgroundImage.includes('url(');

/** @param isOurs tells the overlay's own host, which lies above everything */
export function elementAnchor(target: Element, isOurs: (node: Element) => boolean): Anchor {
  return {
    box() {
      if (!target.isConnected) return undefined;
      const whole = target.getBoundingClientRect();
      // Most pictures of a long page are out of view: nothing more is asked of them.
      if (whole.bottom < 0 || whole.right < 0 || whole.top > innerHeight || whole.left > innerWidth) return whole;
      // A picture that a page keeps transparent above its twin (a background) still counts: only its parent is asked.
      const shown = target.parentElement ?? target;
      if (!shown.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return undefined;
      const box = clippedBox(target, whole);
      return box.width > 0 && box.height > 0 ? box : undefined;
    },
    uncovered(visible) {
      const [x, y] = [visible.x + visible.width / 2, visible.y + visible.height / 2];
      return coversAt(target, x, y, isOurs).next().done === true;
    },
    underPicture() {
      const box = this.box();
      const visible = box && intersection(box, { x: 0, y: 0, width: innerWidth, height: innerHeight });
      if (!visible || area(visible) === 0) return false;
      const [x, y] = [visible.x + visible.width / 2, visible.y + visible.height / 2];
      for (const cover of coversAt(target, x, y, isOurs))
        if (
          showsPicture(cover) &&
          area(intersection(visible, cover.getBoundingClientRect())) >= REPLACING_SHARE * area(visible)
        )
          return true;
      return false;
    },
  };
}

/** The visible part of the page as a whole: the card stands in its upper corner. */
export function viewportAnchor(): Anchor {
  return {
    box: () => ({ x: 0, y: 0, width: innerWidth, height: innerHeight }),
    uncovered: () => true,
    underPicture: () => false,
  };
}

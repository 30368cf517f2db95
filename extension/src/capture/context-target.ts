import { elementsAt } from './elements-at.ts';
import { describe, type Picture } from './picture.ts';
import { scanPictures } from './scan.ts';
import { scanVideos } from './scan-videos.ts';

/** Pictures up to this natural side are spacers and counting pixels, not what a person means. */
const SPACER_PIXELS = 8;
/** Elements looked at when hit testing finds nothing, so that a huge page cannot hold up the answer. */
const SEARCH_LIMIT = 20_000;

export interface Point {
  readonly x: number;
  readonly y: number;
}

let last: Point | undefined;

/** Keeps the place of the last context menu; the menu's own event says nothing of what lay under it. */
export function rememberContextTarget(signal: AbortSignal): void {
  const remember = (event: MouseEvent) => {
    if (event.isTrusted) last = { x: event.clientX, y: event.clientY };
  };
  window.addEventListener('contextmenu', remember, { capture: true, signal });
  signal.addEventListener('abort', () => {
    last = undefined;
  });
}

/**
 * The picture meant by the last context menu: what the browser says was clicked, if it lies there; else the topmost
 * picture under the point, through click-catchers and shadow roots; else one that hit testing passes over
 * (`pointer-events: none`).
 * @param srcUrl address that the browser reports, if any
 */
export function targetAtClick(srcUrl?: string): Element | undefined {
  const stack = last ? picturesOf(elementsAt(last.x, last.y)) : [];
  if (srcUrl !== undefined) {
    const named = stack.find((picture) => shows(picture, srcUrl)) ?? searchFor(srcUrl, last);
    if (named) return named.element;
  }
  return last && pictureAt(last);
}

/** The topmost picture under a point of the viewport, also one that hit testing passes over. */
export function pictureAt(point: Point): Element | undefined {
  return (choose(picturesOf(elementsAt(point.x, point.y))) ?? choose(underPoint(point)))?.element;
}

/**
 * The video meant by the last context menu: the one whose address the browser names, else the topmost video under the
 * point, through the boxes that players lay over theirs, else a canvas there.
 */
export function videoAtClick(srcUrl?: string): HTMLVideoElement | HTMLCanvasElement | undefined {
  const under = last ? elementsAt(last.x, last.y) : [];
  const isVideo = (element: Element) => element instanceof HTMLVideoElement;
  const point = last;
  const hidden = () => {
    const all = [...limitedVideos()];
    const named = srcUrl === undefined ? undefined : all.find(({ currentSrc }) => currentSrc === srcUrl);
    return named ?? (point && all.findLast((video) => contains(video, point)));
  };
  const named = under.filter(isVideo).find(({ currentSrc }) => currentSrc === srcUrl);
  return named ?? under.find(isVideo) ?? hidden() ?? under.find((element) => element instanceof HTMLCanvasElement);
}

function* limitedVideos(): Generator<HTMLVideoElement> {
  let left = SEARCH_LIMIT;
  for (const video of scanVideos(document)) {
    yield video;
    left -= 1;
    if (left === 0) return;
  }
}

/** Of several pictures under one point: pictures proper before page backgrounds, spacers never. */
export function choose(stack: readonly Picture[]): Picture | undefined {
  const real = stack.filter((picture) => !isSpacer(picture));
  return real.find(({ element }) => element !== document.body && element !== document.documentElement) ?? real[0];
}

function isSpacer({ naturalWidth, naturalHeight }: Picture): boolean {
  const side = Math.min(naturalWidth, naturalHeight);
  return side > 0 && side <= SPACER_PIXELS;
}

function picturesOf(elements: readonly Element[]): Picture[] {
  return elements.map(describe).filter((picture) => picture !== undefined);
}

function shows({ element, url }: Picture, srcUrl: string): boolean {
  if (url === srcUrl) return true;
  return element instanceof HTMLMediaElement && element.currentSrc === srcUrl;
}

function contains(element: Element, { x, y }: Point): boolean {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return left <= x && x < right && top <= y && y < bottom;
}

function searchFor(srcUrl: string, point: Point | undefined): Picture | undefined {
  let first: Picture | undefined;
  for (const picture of limited()) {
    if (!shows(picture, srcUrl)) continue;
    if (point && contains(picture.element, point)) return picture;
    first ??= picture;
  }
  return first;
}

/** Pictures whose box holds the point; later ones are painted over earlier ones. */
function underPoint(point: Point): Picture[] {
  return [...limited()].filter(({ element }) => contains(element, point)).reverse();
}

function* limited(): Generator<Picture> {
  let left = SEARCH_LIMIT;
  for (const element of scanPictures(document)) {
    const picture = describe(element);
    if (picture) yield picture;
    left -= 1;
    if (left === 0) return;
  }
}

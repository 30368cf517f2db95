import { describe, type Picture } from './picture.ts';

/** What an element shows at one moment, told apart from whatever else it may show later. */
export interface ShownPicture {
  /** Addresses in use and what of the page decides them. */
  readonly source: string;
  /** A small copy of what has no address; undefined where there is an address, or where it cannot be read. */
  readonly copy: Uint8ClampedArray | undefined;
}

/** Side of the small copy, in pixels: what differs to the eye in a picture's size on a page differs here. */
const COPY_SIDE = 64;
/** Levels of 255 by which one channel may differ: the same canvas rounds otherwise when it moves to the processor. */
const SAME_LEVELS = 6;
/** Between parts of a source; stands in no address. */
const SEPARATOR = '\n';

/** Attributes by which a `<picture>` chooses among its files. */
const CHOICE = ['srcset', 'media', 'type', 'sizes'] as const;

/** What a style sheet can lay over, behind or in place of an element's own picture. */
function cssImages(element: Element, pseudo: string | null): string[] {
  const { content, backgroundImage, borderImageSource } = getComputedStyle(element, pseudo);
  return [content, backgroundImage, borderImageSource];
}

function ownSource(element: Element, picture: Picture | undefined): string[] {
  if (element instanceof HTMLImageElement) {
    const { parentElement: parent, currentSrc, src, srcset } = element;
    const sources = parent?.localName === 'picture' ? [...parent.querySelectorAll(':scope > source')] : [];
    const choice = sources.flatMap((source) => CHOICE.map((name) => source.getAttribute(name) ?? ''));
    return [currentSrc, src, srcset, ...choice];
  }
  if (picture?.kind === 'video-frame') {
    const { currentSrc, currentTime } = element as HTMLVideoElement;
    return [currentSrc, String(currentTime)];
  }
  // Backgrounds are read from the style below, whose addresses are not made absolute first.
  return [picture?.kind === 'background' ? '' : (picture?.url ?? '')];
}

const PSEUDO: ReadonlySet<string> = new Set(['img', 'canvas', 'video', 'image', 'object', 'embed', 'input']);

/** The same size and manner of drawing every time, so that an unchanged canvas gives an unchanged copy. */
function copyOf(element: HTMLCanvasElement | HTMLVideoElement): Uint8ClampedArray | undefined {
  const context = new OffscreenCanvas(COPY_SIDE, COPY_SIDE).getContext('2d');
  if (!context) return undefined;
  // Every pixel of the source counts: a coarser way looks at some and passes over what lies between.
  context.imageSmoothingQuality = 'high';
  try {
    context.drawImage(element, 0, 0, COPY_SIDE, COPY_SIDE);
    const { data } = context.getImageData(0, 0, COPY_SIDE, COPY_SIDE);
    // A WebGL canvas that does not keep its drawing reads back as nothing outside of the moment it is drawn in.
    return data.some((level) => level !== 0) ? data : undefined;
  } catch {
    // Tainted by another origin's picture, or without a size.
    return undefined;
  }
}

/** @returns what an element shows now, cheap enough to be asked with every frame */
export function shownPicture(element: Element): ShownPicture {
  const picture = describe(element);
  const pseudo = PSEUDO.has(element.localName) ? [null] : [null, '::before', '::after'];
  const parts = [
    picture?.kind ?? '',
    ...ownSource(element, picture),
    ...pseudo.flatMap((which) => cssImages(element, which)),
  ];
  if (element instanceof HTMLCanvasElement) parts.push(`${element.width} x ${element.height}`);
  return {
    source: parts.join(SEPARATOR),
    copy: element instanceof HTMLCanvasElement ? copyOf(element) : undefined,
  };
}

/**
 * Whether `now` is the picture that `before` was. What could not be read before says nothing; what could be read and no
 * longer can took in another origin's picture.
 */
export function isSamePicture(before: ShownPicture, now: ShownPicture): boolean {
  if (before.source !== now.source) return false;
  const [copy, other] = [before.copy, now.copy];
  if (!copy) return true;
  return other?.every((level, at) => Math.abs(level - (copy[at] ?? 0)) <= SAME_LEVELS) ?? false;
}

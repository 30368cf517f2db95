import { cssImageAddresses } from './css-images.ts';

export type PictureKind = 'image' | 'background' | 'canvas' | 'poster' | 'video-frame';

/** What picture an element shows now. */
export interface Picture {
  readonly element: Element;
  readonly kind: PictureKind;
  /** Absolute address in use; absent where there are only pixels. */
  readonly url?: string;
  /** Natural size in pixels, 0 where it is not known (backgrounds, posters). */
  readonly naturalWidth: number;
  readonly naturalHeight: number;
}

/** Enough of a frame to draw (HTMLMediaElement.HAVE_CURRENT_DATA). */
const HAVE_CURRENT_DATA = 2;
const SVG = 'http://www.w3.org/2000/svg';

function absolute(address: string, element: Element): string | undefined {
  if (!address) return undefined;
  try {
    return new URL(address, element.baseURI).href;
  } catch {
    return undefined;
  }
}

function withAddress(element: Element, kind: PictureKind, address: string, width = 0, height = 0): Picture | undefined {
  const url = absolute(address, element);
  return url === undefined ? undefined : { element, kind, url, naturalWidth: width, naturalHeight: height };
}

function videoPicture(video: HTMLVideoElement): Picture | undefined {
  const untouched = video.currentTime === 0 && video.paused && !video.ended;
  // The poster stays until the first play or seek, even when frames are there already.
  if (video.poster && untouched) return withAddress(video, 'poster', video.poster);
  if (video.readyState < HAVE_CURRENT_DATA) return undefined;
  const { videoWidth: naturalWidth, videoHeight: naturalHeight } = video;
  return { element: video, kind: 'video-frame', naturalWidth, naturalHeight };
}

/** Topmost picture of the element's own CSS and of what CSS puts before and behind it. */
function backgroundPicture(element: Element, pseudo: readonly (string | null)[]): Picture | undefined {
  for (const which of pseudo) {
    const style = getComputedStyle(element, which);
    for (const value of [style.backgroundImage, style.content, style.borderImageSource]) {
      if (!value?.includes('url(')) continue;
      const [address] = cssImageAddresses(value, devicePixelRatio);
      const picture = address && withAddress(element, 'background', address);
      if (picture) return picture;
    }
  }
  return undefined;
}

/** Addresses in use that were read already: a picture is asked for its own many times, and to parse it costs most. */
const known = new WeakMap<Element, string>();

function own(element: Element): Picture | undefined | 'look-at-css' {
  if (element.namespaceURI === SVG) {
    if (element.localName !== 'image') return undefined;
    return withAddress(element, 'image', element.getAttribute('href') ?? element.getAttribute('xlink:href') ?? '');
  }
  switch (element.localName) {
    case 'img': {
      const { currentSrc, src, naturalWidth, naturalHeight } = element as HTMLImageElement;
      if (currentSrc && known.get(element) === currentSrc)
        return { element, kind: 'image', url: currentSrc, naturalWidth, naturalHeight };
      const picture = withAddress(element, 'image', currentSrc || src, naturalWidth, naturalHeight);
      // What is in use is absolute: no base of the document makes another address of it.
      if (currentSrc && picture?.url === currentSrc) known.set(element, currentSrc);
      return picture;
    }
    case 'canvas': {
      const { width, height } = element as HTMLCanvasElement;
      return width * height > 0 ? { element, kind: 'canvas', naturalWidth: width, naturalHeight: height } : undefined;
    }
    case 'video':
      return videoPicture(element as HTMLVideoElement);
    case 'input':
      return (element as HTMLInputElement).type === 'image'
        ? withAddress(element, 'image', (element as HTMLInputElement).src)
        : 'look-at-css';
    case 'object':
    case 'embed': {
      if (!element.getAttribute('type')?.startsWith('image/')) return undefined;
      return withAddress(element, 'image', element.getAttribute('data') ?? element.getAttribute('src') ?? '');
    }
    default:
      return 'look-at-css';
  }
}

/** What a style sheet shows in place of an `<img>`'s own file. */
function replacement(element: Element): Picture | undefined {
  const { content } = getComputedStyle(element);
  if (!content?.includes('url(')) return undefined;
  const [address] = cssImageAddresses(content, devicePixelRatio);
  return address ? withAddress(element, 'background', address) : undefined;
}

/** What picture an element shows by itself, CSS included. @returns undefined where it shows none */
export function describe(element: Element): Picture | undefined {
  if (element.localName === 'img') return replacement(element) ?? ownOf(element);
  return ownOf(element);
}

function ownOf(element: Element): Picture | undefined {
  const picture = own(element);
  return picture === 'look-at-css' ? backgroundPicture(element, ['::after', '::before', null]) : picture;
}

/** As `describe`, without what CSS puts before and behind an element: cheap enough for every element of a page. */
export function describeQuickly(element: Element): Picture | undefined {
  const picture = own(element);
  return picture === 'look-at-css' ? backgroundPicture(element, [null]) : picture;
}

import { MAX_CAPTURE_BYTES } from '@touchstone/shared';
import { pictureKind } from '@touchstone/shared/media';
import { clonesBuffers, toWire } from '../messaging/bytes.ts';
import type { Pixels, ScreenRect } from '../messaging/content-messages.ts';
import { drawElement } from './draw.ts';
import { describe, type Picture } from './picture.ts';
import { screenRect } from './screen-rect.ts';

/** What the page can give of a picture whose address the background could not fetch. */
export interface PixelsAnswer {
  readonly pixels?: Pixels;
  /** Where it is on the screen, when there are no bytes. */
  readonly rect?: ScreenRect;
}

/** Reading a `blob:` address takes milliseconds; one that takes longer is a stream that never ends. */
const READ_TIMEOUT_MS = 10_000;

/**
 * Encoded bytes of a picture, best path first: the page's own file (`blob:`, or its own origin where a worker of the
 * page makes the picture), a copy of its pixels, or only its place on the screen. Empty where there is nothing.
 */
export async function readPixels(element: Element): Promise<PixelsAnswer> {
  const picture = describe(element);
  if (picture?.url !== undefined) {
    const bytes = await readPageFile(picture.url);
    if (bytes) return { pixels: { path: 'page-blob', bytes: wire(bytes) } };
  }
  // A screenshot of the browser's sign for a broken picture would be judged as if it were one.
  if (element instanceof HTMLImageElement && element.complete && element.naturalWidth === 0) return {};
  const drawn =
    picture?.kind === 'poster' || picture?.kind === 'background' ? undefined : await copyOf(element, picture);
  if (drawn) return { pixels: drawn };
  const rect = screenRect(element);
  return rect ? { rect } : {};
}

async function copyOf(element: Element, picture: Picture | undefined): Promise<Pixels | undefined> {
  const mediaTime = element instanceof HTMLVideoElement ? element.currentTime : undefined;
  const bytes = await drawElement(element);
  if (!bytes || bytes.byteLength > MAX_CAPTURE_BYTES) return undefined;
  const isFrame = picture?.kind === 'video-frame' && mediaTime !== undefined;
  return { path: 'canvas', bytes: wire(bytes), ...(isFrame && { mediaTime }) };
}

async function readPageFile(url: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!url.startsWith('blob:') && new URL(url).origin !== location.origin) return undefined;
  try {
    const response = await fetch(url, {
      cache: 'force-cache',
      credentials: 'same-origin',
      signal: AbortSignal.timeout(READ_TIMEOUT_MS),
    });
    if (!response.ok || Number(response.headers.get('content-length')) > MAX_CAPTURE_BYTES) return undefined;
    const bytes = new Uint8Array(await response.arrayBuffer());
    return bytes.byteLength <= MAX_CAPTURE_BYTES && pictureKind(bytes) ? bytes : undefined;
  } catch {
    // Revoked, refused by the page's policy or gone: the pixels are still there.
    return undefined;
  }
}

function wire(bytes: Uint8Array<ArrayBuffer>) {
  return toWire(bytes, clonesBuffers(navigator.userAgent));
}

import { TouchstoneError, throwIfCancelled } from '@touchstone/shared';
import { browser } from 'wxt/browser';
import { type Likeness, likenessOf, PROBE_HEIGHT, PROBE_WIDTH } from '../../capture/frame-likeness.ts';
import { FRAME_QUALITY, frameSize } from '../../capture/frame-size.ts';
import type { ScreenRect } from '../../messaging/content-messages.ts';
import { createScreenQueue, type ScreenUse } from './screen-queue.ts';

/** A crop smaller than this on a side shows nothing. */
const SMALLEST_CROP_PIXELS = 4;

/** JPEG quality of a whole screen that is cropped and encoded once more, of 100: a PNG of it takes 100 ms. */
const SHOT_QUALITY = 95;
/** The same where small copies are all that is seen of it. */
const VIEW_QUALITY = 60;

interface Crop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A rectangle of the viewport in the pixels of a screenshot, cut to it. @returns undefined where nothing is left */
export function cropOf(rect: ScreenRect, imageWidth: number, imageHeight: number): Crop | undefined {
  const scale = rect.devicePixelRatio;
  const x = Math.max(0, Math.round(rect.x * scale));
  const y = Math.max(0, Math.round(rect.y * scale));
  const width = Math.min(imageWidth, Math.round((rect.x + rect.width) * scale)) - x;
  const height = Math.min(imageHeight, Math.round((rect.y + rect.height) * scale)) - y;
  return width >= SMALLEST_CROP_PIXELS && height >= SMALLEST_CROP_PIXELS ? { x, y, width, height } : undefined;
}

const queue = createScreenQueue();

/** What a browser says that was asked too often, as by a background that was started anew a moment ago. */
const TOO_OFTEN = /MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND/;

/** @param quality of a JPEG; PNG without it @returns a `data:` address */
async function shotOf(
  tabId: number,
  use: ScreenUse,
  quality: number | undefined,
  signal: AbortSignal,
): Promise<string> {
  return queue.take(use, async () => {
    throwIfCancelled(signal);
    const before = await browser.tabs.get(tabId).catch(() => undefined);
    // The browser takes the tab in front, whichever that is: another tab's pixels must never stand for this one's.
    if (!before?.active) throw new TouchstoneError('picture-gone', 'the tab is not in front');
    const how = quality === undefined ? { format: 'png' as const } : { format: 'jpeg' as const, quality };
    const shot = await browser.tabs.captureVisibleTab(before.windowId, how).catch((error: unknown) => {
      throw new TouchstoneError(TOO_OFTEN.test(String(error)) ? 'busy' : 'protected-page', String(error));
    });
    const after = await browser.tabs.get(tabId).catch(() => undefined);
    if (!after?.active || after.url !== before.url) throw new TouchstoneError('picture-gone', 'the tab changed');
    return shot;
  });
}

async function shoot(tabId: number, use: ScreenUse, signal: AbortSignal): Promise<ImageBitmap> {
  const image = await shotOf(tabId, use, use === 'person' ? undefined : SHOT_QUALITY, signal);
  return createImageBitmap(await (await fetch(image)).blob());
}

/**
 * What a tab shows, for small copies of its pictures beside their names: a JPEG as `data:` address.
 * @throws TouchstoneError as `screenshotFrame`: checks go before it
 */
export const viewOf = (tabId: number, signal: AbortSignal): Promise<string> =>
  shotOf(tabId, 'frame', VIEW_QUALITY, signal);

function cropFrom(bitmap: ImageBitmap, rect: ScreenRect): Crop {
  const crop = cropOf(rect, bitmap.width, bitmap.height);
  if (!crop) throw new TouchstoneError('picture-gone', 'not in view');
  return crop;
}

function drawn(bitmap: ImageBitmap, { x, y, width, height }: Crop, size: { width: number; height: number }) {
  const canvas = new OffscreenCanvas(size.width, size.height);
  canvas.getContext('2d')?.drawImage(bitmap, x, y, width, height, 0, 0, size.width, size.height);
  return canvas;
}

async function bytesOf(canvas: OffscreenCanvas, how: ImageEncodeOptions): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await canvas.convertToBlob(how)).arrayBuffer());
}

/**
 * Pixels of a part of a tab as the screen shows it, as PNG.
 * @param rect in the tab's viewport
 * @throws TouchstoneError `picture-gone` where the tab is not in front or nothing of the rectangle is in view;
 * `protected-page` where the browser refuses
 */
export async function screenshot(
  tabId: number,
  rect: ScreenRect,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const bitmap = await shoot(tabId, 'person', signal);
  try {
    const crop = cropFrom(bitmap, rect);
    return await bytesOf(drawn(bitmap, crop, crop), { type: 'image/png' });
  } finally {
    bitmap.close();
  }
}

export interface FrameShot {
  /** JPEG. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly likeness: Likeness;
}

/**
 * As `screenshot`, for a frame of a playing video: JPEG, scaled down to the size that frames have.
 * @param taken called as soon as the screen has been read
 * @throws TouchstoneError `busy` where the screen is needed for something else
 */
export async function screenshotFrame(
  tabId: number,
  rect: ScreenRect,
  taken: () => void,
  signal: AbortSignal,
): Promise<FrameShot> {
  const bitmap = await shoot(tabId, 'frame', signal).finally(taken);
  try {
    const crop = cropFrom(bitmap, rect);
    const probe = drawn(bitmap, crop, { width: PROBE_WIDTH, height: PROBE_HEIGHT }).getContext('2d');
    if (!probe) throw new TouchstoneError('internal', 'no canvas');
    const likeness = likenessOf(probe.getImageData(0, 0, PROBE_WIDTH, PROBE_HEIGHT).data);
    const frame = drawn(bitmap, crop, frameSize(crop.width, crop.height));
    return { bytes: await bytesOf(frame, { type: 'image/jpeg', quality: FRAME_QUALITY }), likeness };
  } finally {
    bitmap.close();
  }
}

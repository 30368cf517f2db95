import { TouchstoneError } from '@touchstone/shared';
import { browser } from 'wxt/browser';
import type { ScreenRect } from '../../messaging/messages.ts';

/** Browsers refuse more than two a second (`MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND`). */
const SCREENSHOT_EVERY_MS = 520;
/** A crop smaller than this on a side shows nothing. */
const SMALLEST_CROP_PIXELS = 4;

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

let last: Promise<unknown> = Promise.resolve();
let lastAt = 0;

/** Screenshots one after the other, at the pace that the browser allows. */
function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const turn = last.then(async () => {
    const wait = lastAt + SCREENSHOT_EVERY_MS - Date.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    lastAt = Date.now();
    return work();
  });
  last = turn.catch(() => undefined);
  return turn;
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
  const image = await inTurn(async () => {
    if (signal.aborted) throw new TouchstoneError('cancelled');
    const before = await browser.tabs.get(tabId).catch(() => undefined);
    // The browser takes the tab in front, whichever that is: another tab's pixels must never stand for this one's.
    if (!before?.active) throw new TouchstoneError('picture-gone', 'the tab is not in front');
    const shot = await browser.tabs.captureVisibleTab(before.windowId, { format: 'png' }).catch((error: unknown) => {
      throw new TouchstoneError('protected-page', String(error));
    });
    const after = await browser.tabs.get(tabId).catch(() => undefined);
    if (!after?.active || after.url !== before.url) throw new TouchstoneError('picture-gone', 'the tab changed');
    return shot;
  });
  const bitmap = await createImageBitmap(await (await fetch(image)).blob());
  try {
    const crop = cropOf(rect, bitmap.width, bitmap.height);
    if (!crop) throw new TouchstoneError('picture-gone', 'not in view');
    const canvas = new OffscreenCanvas(crop.width, crop.height);
    canvas.getContext('2d')?.drawImage(bitmap, -crop.x, -crop.y);
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    bitmap.close();
  }
}

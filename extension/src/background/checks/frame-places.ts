import * as v from 'valibot';
import { type Browser, browser } from 'wxt/browser';
import type { ScreenRect } from '../../messaging/content-messages.ts';
import { type FrameCommand, FramePlace } from '../../messaging/frame-messages.ts';

/** One step up the frames; a frame whose parent has no content script never answers. */
const STEP_MS = 700;
/** Frames inside frames followed upwards. */
const DEPTH_LIMIT = 8;

type Place = FramePlace & { readonly frameId: number };

/** Moves a rectangle from a child's viewport into its parent's, cut to the child's box. */
export function intoParent(rect: ScreenRect, place: Pick<FramePlace, 'x' | 'y' | 'width' | 'height'>): ScreenRect {
  const width = Math.min(rect.width, place.width - rect.x);
  const height = Math.min(rect.height, place.height - rect.y);
  return { ...rect, x: rect.x + place.x, y: rect.y + place.y, width, height };
}

function askParent(tabId: number, frameId: number): Promise<Place | undefined> {
  const token = crypto.randomUUID();
  const send = (command: 'announce-frame' | 'expect-frame', options?: { frameId: number }) =>
    // Frames of the browser's own pages have nobody to hear it.
    browser.tabs.sendMessage(tabId, { type: command, token } satisfies FrameCommand, options).catch(() => undefined);
  return new Promise((resolve) => {
    const done = (place: Place | undefined) => {
      clearTimeout(timer);
      browser.runtime.onMessage.removeListener(receive);
      resolve(place);
    };
    const timer = setTimeout(() => done(undefined), STEP_MS);
    const receive = (message: unknown, sender: Browser.runtime.MessageSender) => {
      const place = v.safeParse(FramePlace, message);
      if (!place.success || place.output.token !== token || sender.tab?.id !== tabId) return;
      done({ ...place.output, frameId: sender.frameId ?? 0 });
    };
    browser.runtime.onMessage.addListener(receive);
    void send('expect-frame');
    void send('announce-frame', { frameId });
  });
}

/**
 * Where a rectangle of a frame lies in the tab's viewport.
 * @returns undefined where a frame above does not answer
 */
export async function intoTab(rect: ScreenRect, tabId: number, frameId: number): Promise<ScreenRect | undefined> {
  let current = rect;
  let frame = frameId;
  for (let depth = 0; frame !== 0; depth += 1) {
    if (depth === DEPTH_LIMIT) return undefined;
    const place = await askParent(tabId, frame);
    if (!place) return undefined;
    current = intoParent(current, place);
    frame = place.frameId;
  }
  return current;
}

import { browser } from 'wxt/browser';
import type { FrameCommand, FramePlace } from '../messaging/frame-messages.ts';

/**
 * Where a frame lies inside the frame above it. A frame of another origin cannot know, so it calls its parent by a
 * window message that carries a token from the background; the parent's content script recognises the sender among its
 * own frames and tells the background. The page can overhear the token, which is random and used once; at worst it
 * makes the screenshot show another part of its own page.
 */

/** The parent may start to listen a little later than the child calls. */
const CALLS_AT_MS = [0, 60, 200];
const LISTEN_MS = 800;

/** Box of the child frame that sent a message, without border and padding. */
export function childPlace(source: MessageEventSource | null): Omit<FramePlace, 'type' | 'token'> | undefined {
  for (const frame of document.querySelectorAll<HTMLIFrameElement>('iframe, frame')) {
    if (frame.contentWindow !== source) continue;
    const { left, top } = frame.getBoundingClientRect();
    const style = getComputedStyle(frame);
    const x = left + frame.clientLeft + (Number.parseFloat(style.paddingLeft) || 0);
    const y = top + frame.clientTop + (Number.parseFloat(style.paddingTop) || 0);
    return { x, y, width: frame.clientWidth, height: frame.clientHeight };
  }
  return undefined;
}

/** Answers the background's questions about the places of frames until the signal aborts. */
export function answerFramePlaces(signal: AbortSignal): void {
  const receive = (message: FrameCommand) => {
    if (message.type === 'announce-frame') announce(message.token);
    else if (message.type === 'expect-frame') expectFrame(message.token, signal);
  };
  browser.runtime.onMessage.addListener(receive);
  signal.addEventListener('abort', () => browser.runtime.onMessage.removeListener(receive));
}

function announce(token: string): void {
  for (const delay of CALLS_AT_MS) setTimeout(() => window.parent.postMessage(token, '*'), delay);
}

function expectFrame(token: string, signal: AbortSignal): void {
  const stop = AbortSignal.any([signal, AbortSignal.timeout(LISTEN_MS)]);
  const listen = (event: MessageEvent<unknown>) => {
    if (event.data !== token || stop.aborted) return;
    event.stopImmediatePropagation();
    const place = childPlace(event.source);
    if (!place) return;
    window.removeEventListener('message', listen, true);
    // The background may have given up waiting; then nobody misses the answer.
    browser.runtime.sendMessage({ type: 'frame-place', token, ...place } satisfies FramePlace).catch(() => undefined);
  };
  window.addEventListener('message', listen, { capture: true, signal: stop });
}

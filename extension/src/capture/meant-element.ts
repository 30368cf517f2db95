import { type Point, pictureAt } from './context-target.ts';
import { shadowRootOf } from './shadow-root.ts';

/** What the focus of a frame rests on. */
export interface FocusedElement {
  readonly element: Element;
  /** The picture that it lies over: pages lay links and buttons over theirs. */
  under(): Element | undefined;
}

/** What a page lays over a picture so that it can be pressed. */
const PRESSED = 'a, button, [tabindex]';

let pointer: Point | undefined;

/** Keeps where the pointer is in this frame, until the signal aborts. */
export function rememberPointer(signal: AbortSignal): void {
  const remember = (event: PointerEvent) => {
    if (!event.isTrusted) return;
    const leaves = event.type === 'pointerout' && !event.relatedTarget;
    pointer = leaves ? undefined : { x: event.clientX, y: event.clientY };
  };
  for (const type of ['pointermove', 'pointerout'] as const)
    window.addEventListener(type, remember, { capture: true, passive: true, signal });
  signal.addEventListener('abort', () => {
    pointer = undefined;
  });
}

/** The picture under the pointer. @returns undefined where there is none, or the pointer is elsewhere */
export function pictureAtPointer(): Element | undefined {
  return pointer && pictureAt(pointer);
}

/** The element with the focus, shadow roots included. @returns undefined where the focus is in no element of this frame */
export function focusedElement(): FocusedElement | undefined {
  let focused = document.hasFocus() ? document.activeElement : null;
  for (let inner = focused; inner; inner = shadowRootOf(inner)?.activeElement ?? null) focused = inner;
  if (!focused || focused === document.body) return undefined;
  const element = focused;
  return {
    element,
    under() {
      if (!element.matches(PRESSED)) return undefined;
      const { left, top, width, height } = element.getBoundingClientRect();
      return pictureAt({ x: left + width / 2, y: top + height / 2 });
    },
  };
}

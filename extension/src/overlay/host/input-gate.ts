/** What the gate tells the overlay: trusted input only. */
export interface InputTarget {
  /** A click or key activation on one of the overlay's elements. */
  activate(control: Element, clientX: number): void;
  /** A key pressed on one of the overlay's elements. @returns true when it was meant for the overlay */
  key(control: Element, name: string, shift: boolean): boolean;
  /** The pointer went down on one of the overlay's elements. @returns follows it, where that moves something */
  grab(control: Element, x: number, y: number): ((x: number, y: number) => void) | undefined;
  /** @returns true when Escape was meant for the overlay */
  escape(): boolean;
}

const SILENCED = [
  'click',
  'dblclick',
  'auxclick',
  'contextmenu',
  'mousedown',
  'mouseup',
  'pointerdown',
  'pointerup',
  'touchstart',
  'touchend',
  'touchmove',
  'wheel',
  'keydown',
  'keyup',
  'keypress',
  'focusin',
  'focusout',
  'focus',
  'blur',
] as const;

/** Frequent or harmless, so they are stopped at the shadow root instead of at the window. */
const SILENCED_INSIDE = ['mousemove', 'mouseover', 'mouseout', 'pointermove', 'pointerover', 'pointerout'] as const;

function controlAt(root: ShadowRoot, event: MouseEvent): Element | null {
  // Keyboard activation has no place on the screen (detail 0).
  if (event.detail === 0) return root.activeElement;
  return root.elementFromPoint(event.clientX, event.clientY);
}

interface Guarded {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  readonly target: InputTarget;
}

export interface InputGate {
  /** Guards an overlay's host from now on. */
  guard(host: HTMLElement, root: ShadowRoot, target: InputTarget): void;
  /** Copies a text where a page has no clipboard for scripts, after a press of a person. @returns whether it was copied as it is */
  copyText(text: string): boolean;
}

/**
 * Keeps the page out of the overlay's input and the overlay's input out of the page: events on the host stop at the
 * window and are given to the overlay from there. Default actions (focus, scrolling, button presses by keyboard) still
 * happen. Made when the document starts, so that it listens before any script of the page.
 */
export function createInputGate(signal: AbortSignal): InputGate {
  let guarded: Guarded | undefined;
  let held: AbortController | undefined;
  /** The pointer that holds a part of the overlay is the overlay's, wherever it goes. */
  const hold = (down: PointerEvent, root: ShadowRoot, target: InputTarget) => {
    const control = root.elementFromPoint(down.clientX, down.clientY);
    const follow = down.button === 0 && control && target.grab(control, down.clientX, down.clientY);
    if (!follow) return;
    held?.abort();
    const stop = new AbortController();
    held = stop;
    const options = { capture: true, signal: AbortSignal.any([signal, stop.signal]) };
    const track = (event: PointerEvent) => {
      if (!event.isTrusted || event.pointerId !== down.pointerId) return;
      event.stopImmediatePropagation();
      follow(event.clientX, event.clientY);
    };
    window.addEventListener('pointermove', track, options);
    window.addEventListener('pointercancel', () => stop.abort(), options);
  };
  const onEvent = (event: Event) => {
    if (!guarded) return;
    // Wherever it is let go of, over the page too.
    if (event.isTrusted && event.type === 'pointerup') held?.abort();
    const { host, root, target } = guarded;
    if (event.type === 'keydown' && event.isTrusted && (event as KeyboardEvent).key === 'Escape') {
      if (!target.escape()) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      return;
    }
    if (event.target !== host && event.composedPath()[0] !== host) return;
    event.stopImmediatePropagation();
    if (!event.isTrusted) return;
    if (event.type === 'keydown') {
      const { key, ctrlKey, altKey, metaKey, shiftKey } = event as KeyboardEvent;
      const plain = !ctrlKey && !altKey && !metaKey;
      if (plain && root.activeElement && target.key(root.activeElement, key, shiftKey)) event.preventDefault();
    }
    if (event.type === 'pointerdown') hold(event as PointerEvent, root, target);
    if (event.type !== 'click') return;
    const control = controlAt(root, event as MouseEvent)?.closest('[data-action]');
    if (control) target.activate(control, (event as MouseEvent).clientX);
  };
  let copied: { readonly text: string; given: boolean } | undefined;
  const onCopy = (event: Event) => {
    if (!copied || !event.isTrusted) return;
    // The page neither hears of it nor puts another text in its place.
    event.stopImmediatePropagation();
    event.preventDefault();
    if (event.type !== 'copy') return;
    (event as ClipboardEvent).clipboardData?.setData('text/plain', copied.text);
    copied.given = true;
  };
  for (const type of ['beforecopy', 'copy']) window.addEventListener(type, onCopy, { capture: true, signal });
  for (const type of SILENCED) {
    const passive = type === 'wheel' || type.startsWith('touch');
    window.addEventListener(type, onEvent, { capture: true, passive, signal });
  }
  return {
    guard(host, root, target) {
      guarded = { host, root, target };
      for (const type of SILENCED_INSIDE) root.addEventListener(type, (event) => event.stopPropagation(), { signal });
    },
    copyText(text) {
      copied = { text, given: false };
      const done = document.execCommand('copy');
      const { given } = copied;
      copied = undefined;
      return done && given;
    },
  };
}

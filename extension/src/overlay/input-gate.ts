/** What the gate tells the overlay: trusted input only. */
export interface InputTarget {
  /** A click or key activation on one of the overlay's elements. */
  activate(control: Element): void;
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

/**
 * Keeps the page out of the overlay's input and the overlay's input out of the page: events on the host stop at the
 * window, before any listener of the page that was registered later, and are given to the overlay from there. Default
 * actions (focus, scrolling, button presses by keyboard) still happen.
 */
export function createInputGate(host: HTMLElement, root: ShadowRoot, target: InputTarget, signal: AbortSignal): void {
  const onEvent = (event: Event) => {
    const ours = event.composedPath()[0] === host || event.target === host;
    if (event.type === 'keydown' && event.isTrusted && (event as KeyboardEvent).key === 'Escape') {
      if (!target.escape()) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      return;
    }
    if (!ours) return;
    event.stopImmediatePropagation();
    if (event.type !== 'click' || !event.isTrusted) return;
    const control = controlAt(root, event as MouseEvent)?.closest('[data-action]');
    if (control) target.activate(control);
  };
  for (const type of SILENCED) {
    const passive = type === 'wheel' || type.startsWith('touch');
    window.addEventListener(type, onEvent, { capture: true, passive, signal });
  }
  for (const type of SILENCED_INSIDE) root.addEventListener(type, (event) => event.stopPropagation(), { signal });
}

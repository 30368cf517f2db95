import { element } from '../draw/element.ts';

/**
 * Marks the host for people who inspect the page. The host is a plain `div`: a page could define a custom element of
 * any other name and reach its shadow root first.
 */
const HOST_MARK = 'data-touchstone-overlay';

/** A page that removes the host this often within the window has won: verdicts stay in the popup and the history. */
const REATTACH_LIMIT = 12;
const REATTACH_WINDOW_MS = 10_000;
/** Wait before putting the host back, so that two scripts cannot fight in one frame. */
const REATTACH_DELAY_MS = 60;

export interface OverlayHost {
  readonly element: HTMLElement;
  readonly root: ShadowRoot;
  /** Holds everything that is drawn. */
  readonly stage: HTMLElement;
  /** Puts the host back where it belongs, within the budget; called with every layout while something is shown. */
  ensure(): void;
  /** Hides everything, for the moment of a screenshot. */
  conceal(hidden: boolean): void;
}

/** Counts how often the host was put back lately. @returns whether it may be put back once more */
export function createReattachBudget(now: () => number = () => performance.now()): () => boolean {
  let times: number[] = [];
  return () => {
    const at = now();
    times = times.filter((time) => at - time < REATTACH_WINDOW_MS);
    if (times.length >= REATTACH_LIMIT) return false;
    times.push(at);
    return true;
  };
}

/** Replaced elements show no children: over a bare <video> in full screen nothing can be drawn. */
const REPLACED = new Set(['VIDEO', 'IMG', 'CANVAS', 'IFRAME']);

/** Kept by the browser: to look for modal ones among all elements, with every layout, would cost a long page most. */
const dialogs = document.getElementsByTagName('dialog');

/** The full-screen element, else the last modal dialog (everything outside it is inert), else the document. */
function parentForHost(): Element {
  const fullscreen = document.fullscreenElement;
  if (fullscreen && !REPLACED.has(fullscreen.tagName)) return fullscreen;
  return [...dialogs].findLast((dialog) => dialog.matches(':modal')) ?? document.documentElement;
}

function styled(root: ShadowRoot, styles: string): void {
  try {
    // A constructed sheet is not subject to the page's style-src.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Firefox refuses adopted sheets to content scripts, and lets their <style> elements past the page's policy.
    root.append(element('style', {}, styles));
  }
}

/**
 * Puts one closed shadow root into the document's top layer and keeps it there until the signal aborts.
 * @param styles text of the overlay's style sheet
 */
export function createOverlayHost(styles: string, signal: AbortSignal): OverlayHost {
  const host = document.createElement('div');
  host.setAttribute(HOST_MARK, '');
  host.setAttribute('popover', 'manual');
  const root = host.attachShadow({ mode: 'closed', delegatesFocus: false });
  styled(root, styles);
  const stage = element('div', { class: 'stage' });
  root.append(stage);

  const mayReattach = createReattachBudget();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const supportsPopover = typeof host.showPopover === 'function';
  const isOpen = () => !supportsPopover || host.matches(':popover-open');
  const inPlace = () => host.isConnected && isOpen() && !host.inert && host.parentElement === parentForHost();
  const open = () => {
    if (host.isConnected && !isOpen()) host.showPopover();
  };
  const raise = () => {
    const focused = root.activeElement;
    if (supportsPopover && isOpen()) host.hidePopover();
    open();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  };
  const scheduleRestore = () => {
    timer ??= setTimeout(restore, REATTACH_DELAY_MS);
  };
  const observer = new MutationObserver(() => {
    if (!host.isConnected) scheduleRestore();
  });
  const settle = () => {
    const parent = parentForHost();
    // Set by the page: everything would be seen, and nothing could be pressed.
    host.inert = false;
    if (host.parentElement !== parent) {
      parent.append(host);
      observer.disconnect();
      // Only direct children matter: the host is one of them, or its parent was replaced as a whole.
      for (const node of new Set([document, document.documentElement, parent]))
        observer.observe(node, { childList: true });
    }
    open();
  };
  const restore = () => {
    timer = undefined;
    if (signal.aborted || inPlace() || !mayReattach()) return;
    settle();
  };

  settle();

  host.addEventListener('toggle', () => inPlace() || scheduleRestore(), { signal });
  document.addEventListener('fullscreenchange', settle, { signal });
  // Dialogs and popovers that open later lie above; `toggle` does not bubble but can be caught on the way down.
  document.addEventListener(
    'toggle',
    (event) => {
      if (event.target === host) return;
      settle();
      if (event instanceof ToggleEvent && event.newState === 'open') raise();
    },
    { capture: true, signal },
  );
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    observer.disconnect();
    host.remove();
  });

  return {
    element: host,
    root,
    stage,
    ensure: () => inPlace() || scheduleRestore(),
    conceal: (hidden) => {
      stage.style.visibility = hidden ? 'hidden' : '';
    },
  };
}

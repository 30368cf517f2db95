import { isSamePicture, type ShownPicture, shownPicture } from '../capture/index.ts';

/** Why a watch ended: another picture, the same address loaded anew, or taken out of the page. */
export type PictureEnd = 'changed' | 'reloaded' | 'removed';

export interface WatchedPicture {
  /** Called once; nothing follows. */
  ended(why: PictureEnd): void;
  /** Whether it is laid out and shown, in view or not. */
  isShown(): boolean;
  /** It is no longer shown, or shown again. */
  shown(isShown: boolean): void;
  /** Whether every frame counts: a card stands beside it, or it changes without any event. */
  closely(): boolean;
}

export interface PictureHold {
  /** Looks at once. @returns whether the watch still lasts */
  look(): boolean;
  release(): void;
}

export interface PictureWatch {
  /** From now on, until the picture of an element is another one. */
  hold(element: Element, watched: WatchedPicture): PictureHold;
}

/** Everything held is looked at this often at least: style sheets change, and pointers hover, without any event. */
const LOOK_EVERY_MS = 250;

/** Attributes that load an element's picture anew, even where their value is the one they had. */
const LOADS: ReadonlySet<string> = new Set(['src', 'srcset', 'crossorigin', 'referrerpolicy', 'data', 'href']);

/** What decides a picture from outside of its element: rules of a style sheet may ask for any attribute of anything above or beside it. */
const AROUND: MutationObserverInit = { childList: true, subtree: true, attributes: true };

/** What else rules may ask for (`:hover`, `:focus-within`, `:checked`, `:active`, `:target`), what moves, and what plays a change. */
const HAPPENINGS = [
  ...['scroll', 'resize', 'transitionrun', 'animationstart', 'toggle', 'pointerover', 'pointerdown', 'pointerup'],
  ...['focusin', 'focusout', 'change', 'hashchange'],
];

interface Held extends WatchedPicture {
  readonly element: Element;
  readonly before: ShownPicture;
  /** Its file is still coming: the end of that is no other picture. */
  loading: boolean;
  wasShown: boolean;
  stop: AbortController;
}

/** Roots of an element's tree and of those it is nested in: observers do not look into shadow roots. */
function* rootsOf(element: Element): Generator<Node> {
  let root = element.getRootNode();
  for (; root instanceof ShadowRoot; root = root.host.getRootNode()) yield root;
  yield root;
}

const isLoading = (element: Element): boolean => element instanceof HTMLImageElement && !element.complete;

/**
 * Tells with the next frame when an element shows another picture than it did: what is said of a picture must not stand
 * beside another one. Costs nothing while nothing is held; lives until the signal aborts.
 */
export function createPictureWatch(signal: AbortSignal): PictureWatch {
  const all = new Set<Held>();
  const observed = new Set<Node>();
  let frame = 0;
  /** Something happened since the last frame that may have changed any of them. */
  let eventful = false;
  let ticker: ReturnType<typeof setInterval> | undefined;

  const release = (held: Held) => {
    held.stop.abort();
    if (!all.delete(held) || all.size > 0) return;
    around.disconnect();
    observed.clear();
    clearInterval(ticker);
    ticker = undefined;
    cancelAnimationFrame(frame);
    frame = 0;
  };
  const end = (held: Held, why: PictureEnd) => {
    if (!all.has(held)) return;
    release(held);
    held.ended(why);
  };
  const look = (held: Held): boolean => {
    const { element, before } = held;
    if (!element.isConnected) end(held, 'removed');
    else if (!isSamePicture(before, shownPicture(element))) end(held, 'changed');
    else {
      const isShown = held.isShown();
      if (isShown !== held.wasShown) {
        held.wasShown = isShown;
        held.shown(isShown);
      }
    }
    return all.has(held);
  };
  const lookAtAll = () => {
    for (const held of [...all]) look(held);
  };
  const run = () => {
    const everything = eventful;
    [frame, eventful] = [0, false];
    for (const held of [...all]) if (everything || held.closely()) look(held);
    if ([...all].some((held) => held.closely())) schedule();
  };
  const schedule = () => {
    if (!frame && all.size > 0 && !signal.aborted) frame = requestAnimationFrame(run);
  };
  const withNextFrame = () => {
    eventful = true;
    schedule();
  };
  const around = new MutationObserver(withNextFrame);

  const passive = { capture: true, passive: true, signal } as const;
  for (const type of HAPPENINGS) window.addEventListener(type, withNextFrame, passive);
  signal.addEventListener('abort', () => {
    for (const held of [...all]) release(held);
  });

  const listen = (held: Held) => {
    const { element, stop } = held;
    const own = new MutationObserver((records) => {
      const loads = records.some(({ attributeName }) => attributeName !== null && LOADS.has(attributeName));
      if (look(held) && loads) end(held, 'reloaded');
    });
    own.observe(element, { attributes: true });
    stop.signal.addEventListener('abort', () => own.disconnect());
    const loaded = (event: Event) => {
      if (!event.isTrusted || !look(held)) return;
      if (held.loading) held.loading = isLoading(element);
      else end(held, 'reloaded');
    };
    for (const type of ['load', 'error', 'emptied', 'seeking'])
      element.addEventListener(type, loaded, { signal: stop.signal });
  };

  return {
    hold(element, watched) {
      const held: Held = {
        ...watched,
        element,
        before: shownPicture(element),
        loading: isLoading(element),
        wasShown: watched.isShown(),
        stop: new AbortController(),
      };
      if (signal.aborted) return { look: () => false, release: () => undefined };
      all.add(held);
      listen(held);
      for (const root of rootsOf(element))
        if (!observed.has(root)) {
          observed.add(root);
          around.observe(root, AROUND);
        }
      ticker ??= setInterval(() => {
        if (document.visibilityState === 'visible') lookAtAll();
      }, LOOK_EVERY_MS);
      withNextFrame();
      return { look: () => all.has(held) && look(held), release: () => release(held) };
    },
  };
}

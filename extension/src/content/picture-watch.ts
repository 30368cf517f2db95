import { isSamePicture, type ShownPicture, shownPicture } from '../capture/index.ts';
import { isInView } from './in-view.ts';

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

/** What is in view is looked at this often at least: style sheets change without any event. */
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

/** What a picture's own element tells. None of these bubbles, nor leaves a shadow root. */
const OWN = ['load', 'error', 'emptied', 'seeking'];

interface Held extends WatchedPicture {
  readonly element: Element;
  readonly before: ShownPicture;
  /** Its file is still coming: the end of that is no other picture. */
  loading: boolean;
  wasShown: boolean;
  /** Not looked at since it is held: what happened in between was not told. */
  fresh: boolean;
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
 * @param stirred called when something happened in the page while something is held
 */
export function createPictureWatch(signal: AbortSignal, stirred: () => void = () => undefined): PictureWatch {
  const all = new Map<Element, Set<Held>>();
  let frame = 0;
  /** Something happened since the last frame that may have changed any of them. */
  let eventful = false;
  /** Set while anything is held. */
  let watching: { readonly roots: Set<Node>; readonly ticker: ReturnType<typeof setInterval> } | undefined;

  const isHeld = (held: Held): boolean => all.get(held.element)?.has(held) ?? false;
  const heldNow = (): Held[] => [...all.values()].flatMap((ofOne) => [...ofOne]);

  const release = (held: Held) => {
    const ofOne = all.get(held.element);
    if (!ofOne?.delete(held) || ofOne.size > 0) return;
    all.delete(held.element);
    if (all.size === 0) rest();
  };
  const end = (held: Held, why: PictureEnd) => {
    if (!isHeld(held)) return;
    release(held);
    held.ended(why);
  };
  const look = (held: Held): boolean => {
    const { element, before } = held;
    held.fresh = false;
    if (!element.isConnected) end(held, 'removed');
    else if (!isSamePicture(before, shownPicture(element))) end(held, 'changed');
    else {
      const isShown = held.isShown();
      if (isShown !== held.wasShown) {
        held.wasShown = isShown;
        held.shown(isShown);
      }
      // It may have been moved into another tree.
      if (watching && !watching.roots.has(element.getRootNode())) watchRootsOf(element, watching.roots);
    }
    return isHeld(held);
  };
  const run = () => {
    const everything = eventful;
    [frame, eventful] = [0, false];
    for (const held of heldNow()) if (everything || held.fresh || held.closely()) look(held);
    if (heldNow().some((held) => held.closely())) schedule();
  };
  const schedule = () => {
    if (!frame && all.size > 0 && !signal.aborted) frame = requestAnimationFrame(run);
  };
  const withNextFrame = () => {
    stirred();
    eventful = true;
    schedule();
  };
  const happened = (event: Event) => {
    // The page as a whole moves under the window: what that changes without another event is told in view, soon.
    if (event.type !== 'scroll' || event.target !== document) withNextFrame();
  };

  const around = new MutationObserver((records) => {
    /** Elements whose own attributes changed, and whether one of them loads the picture anew. */
    const own = new Map<Element, boolean>();
    for (const { target, attributeName } of records)
      if (attributeName !== null && all.has(target as Element))
        own.set(target as Element, (own.get(target as Element) ?? false) || LOADS.has(attributeName));
    for (const [element, loads] of own)
      for (const held of [...(all.get(element) ?? [])]) if (look(held) && loads) end(held, 'reloaded');
    withNextFrame();
  });
  const loaded = (event: Event) => {
    if (!event.isTrusted) return;
    for (const held of [...(all.get(event.target as Element) ?? [])]) {
      if (!look(held)) continue;
      if (held.loading) held.loading = isLoading(held.element);
      else end(held, 'reloaded');
    }
  };

  const passive = { capture: true, passive: true };
  const watchRoot = (root: Node, roots: Set<Node>) => {
    if (roots.has(root)) return;
    roots.add(root);
    around.observe(root, AROUND);
    for (const type of OWN) root.addEventListener(type, loaded, passive);
  };
  const watchRootsOf = (element: Element, roots: Set<Node>) => {
    for (const root of rootsOf(element)) watchRoot(root, roots);
  };
  const begin = () => {
    for (const type of HAPPENINGS) window.addEventListener(type, happened, passive);
    const ticker = setInterval(() => {
      if (document.visibilityState !== 'visible') return;
      for (const held of heldNow()) if (!held.element.isConnected || isInView(held.element)) look(held);
    }, LOOK_EVERY_MS);
    return { roots: new Set<Node>(), ticker };
  };
  const rest = () => {
    around.disconnect();
    for (const type of HAPPENINGS) window.removeEventListener(type, happened, passive);
    for (const root of watching?.roots ?? []) for (const type of OWN) root.removeEventListener(type, loaded, passive);
    clearInterval(watching?.ticker);
    watching = undefined;
    cancelAnimationFrame(frame);
    frame = 0;
  };
  signal.addEventListener('abort', () => {
    all.clear();
    rest();
  });

  return {
    hold(element, watched) {
      if (signal.aborted) return { look: () => false, release: () => undefined };
      const held: Held = {
        ...watched,
        element,
        before: shownPicture(element),
        loading: isLoading(element),
        wasShown: watched.isShown(),
        fresh: true,
      };
      const ofOne = all.get(element);
      if (ofOne) ofOne.add(held);
      else all.set(element, new Set([held]));
      watching ??= begin();
      watchRootsOf(element, watching.roots);
      // Nothing happened in the page: of the others nothing is asked, nor of what lies over them.
      schedule();
      return { look: () => isHeld(held) && look(held), release: () => release(held) };
    },
  };
}

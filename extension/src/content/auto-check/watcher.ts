import { isInView } from '../in-view.ts';
import { inSlices } from '../slices.ts';

export interface WatcherEvents {
  /** Pictures under a root, found lazily. @param met called with each shadow root that is looked into */
  scan(root: Document | Element, met: (inner: ShadowRoot) => void): Iterable<Element>;
  /** Whether an element shows a picture now, by itself. */
  isPicture(element: Element): boolean;
  /** A picture is near the viewport (again), became visible, or changed while it is. */
  near(picture: Element, visible: boolean): void;
  /** It moved away, shrank or was removed. */
  away(picture: Element): void;
}

/** Pictures this near the viewport are checked ahead of being seen, in CSS pixels. */
const NEAR_PIXELS = 256;
/** Pictures watched on one page. Endless feeds pass this; the removed ones make room. */
const WATCHED_LIMIT = 5_000;
/** Changed nodes looked at after one frame; a page that changes more is scanned again as a whole. */
const CHANGES_LIMIT = 500;
/** Between two looks at what changed: pages that animate styles change every frame. */
const CHANGES_EVERY_MS = 120;
/**
 * Everything is looked through again so long after the start and after the page was loaded, in milliseconds: a shadow
 * root that a script gives to an element which is there already is told by no observer.
 */
const AGAIN_AFTER_MS = [1_000, 3_000, 10_000];

/** Between two looks at what stands below elements that a class may have given another look: backgrounds are read one by one. */
const BELOW_EVERY_MS = 1_000;
/** Elements looked below at once; above it the whole page is looked through. */
const BELOW_LIMIT = 50;

const CHANGES: MutationObserverInit = {
  childList: true,
  subtree: true,
  attributes: true,
  attributeFilter: ['src', 'srcset', 'style', 'class', 'poster', 'href'],
};

interface Watched {
  near: boolean;
  visible: boolean;
  /** Undefined until it is measured: only what is near is. */
  large: boolean | undefined;
}

export interface PictureWatcher {
  /** Looks at an element again, as if it had told of a change. */
  look(element: Element): void;
}

/** Watches the pictures of a document until the signal aborts. @param minimumSide in CSS pixels, as displayed */
export function watchPictures(minimumSide: number, events: WatcherEvents, signal: AbortSignal): PictureWatcher {
  const watched = new Map<Element, Watched>();
  const roots = new WeakSet<Node>();
  /** Subtrees that came, and single elements whose attributes changed. */
  const added = new Set<Element>();
  const changed = new Set<Element>();
  /** Elements whose class changed, or a variable of their style: rules may have given what is below them a picture. */
  const restyled = new Set<Element>();
  let rescan = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let belowTimer: ReturnType<typeof setTimeout> | undefined;

  /** Pictures whose state changed: observers report dozens at once, and telling one may build a badge. */
  const untold = new Set<Element>();
  let telling = false;
  const tellOne = (picture: Element) => {
    untold.delete(picture);
    const state = watched.get(picture);
    if (state?.near && state.large) events.near(picture, state.visible);
    else events.away(picture);
  };
  const tell = async (picture: Element) => {
    untold.add(picture);
    if (telling) return;
    telling = true;
    await Promise.resolve();
    // A Set is walked in order of arrival, what is added meanwhile included.
    await inSlices(untold, tellOne, signal);
    telling = false;
  };
  const measured = (picture: Element, isNear: boolean) => {
    for (const observer of [visibleObserver, sizes])
      if (isNear) observer.observe(picture);
      else observer.unobserve(picture);
  };
  // Two more of each picture of a long page would cost every frame of it: only those that are near are asked for more.
  const nearObserver = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const state = watched.get(target);
        if (!state || state.near === isIntersecting) continue;
        const wasTold = state.large;
        state.near = isIntersecting;
        // Until the other observer tells: what is seen is checked first.
        state.visible = isIntersecting && isInView(target);
        state.large = undefined;
        measured(target, isIntersecting);
        if (wasTold) void tell(target);
      }
    },
    { rootMargin: `${NEAR_PIXELS}px` },
  );
  const visibleObserver = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const state = watched.get(target);
      if (!state?.near || state.visible === isIntersecting) continue;
      state.visible = isIntersecting;
      if (state.large) void tell(target);
    }
  });
  const sizes = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) {
      const state = watched.get(target);
      const large = Math.min(contentRect.width, contentRect.height) >= minimumSide;
      if (!state?.near || state.large === large) continue;
      const wasTold = state.large !== undefined;
      state.large = large;
      if (large || wasTold) void tell(target);
    }
  });
  const mutations = new MutationObserver((records) => {
    for (const { type, target, addedNodes, attributeName } of records) {
      for (const node of addedNodes) if (node instanceof Element) added.add(node);
      if (type !== 'attributes') continue;
      const element = target as Element;
      changed.add(element);
      if (element.firstElementChild && mayRestyle(element, attributeName)) restyled.add(element);
    }
    if (restyled.size > 0) belowTimer ??= setTimeout(lookBelow, BELOW_EVERY_MS);
    if (added.size + changed.size > CHANGES_LIMIT) {
      rescan = true;
      added.clear();
      changed.clear();
    }
    timer ??= setTimeout(lookAtChanges, CHANGES_EVERY_MS);
  });

  const forget = (picture: Element) => {
    if (!watched.delete(picture)) return;
    nearObserver.unobserve(picture);
    visibleObserver.unobserve(picture);
    sizes.unobserve(picture);
    events.away(picture);
  };
  /** What comes into a shadow root is told by its own observer only. */
  const met = (root: ShadowRoot) => {
    if (roots.has(root)) return;
    roots.add(root);
    mutations.observe(root, CHANGES);
  };
  const watch = (picture: Element) => {
    const known = watched.get(picture);
    if (known) {
      if (known.near) void tell(picture);
      return;
    }
    if (watched.size >= WATCHED_LIMIT) return;
    watched.set(picture, { near: false, visible: false, large: undefined });
    nearObserver.observe(picture);
  };
  const lookAtChanges = () => {
    timer = undefined;
    const nodes: readonly (Document | Element)[] = rescan ? [document] : [...added];
    const touched = [...changed].filter((node) => watched.has(node) || events.isPicture(node));
    rescan = false;
    added.clear();
    changed.clear();
    void inSlices(touched, watch, signal);
    void inSlices(pictures(nodes), watch, signal);
    void inSlices([...watched.keys()], (picture) => picture.isConnected || forget(picture), signal);
  };
  const lookBelow = () => {
    belowTimer = undefined;
    const nodes = restyled.size > BELOW_LIMIT ? [document] : outermost(restyled);
    restyled.clear();
    void inSlices(pictures(nodes), watch, signal);
  };
  function* pictures(nodes: readonly (Document | Element)[]): Generator<Element> {
    for (const node of nodes) if (node.isConnected) yield* events.scan(node, met);
  }

  const look = (element: Element) => {
    if (signal.aborted) return;
    changed.add(element);
    timer ??= setTimeout(lookAtChanges, CHANGES_EVERY_MS);
  };

  mutations.observe(document, CHANGES);
  // A lazy picture has its address in use only once it is loaded; `load` does not bubble.
  document.addEventListener(
    'load',
    ({ target }) => {
      if (target instanceof Element && target.tagName === 'IMG') look(target);
    },
    { capture: true, signal },
  );
  const again = new Set<ReturnType<typeof setTimeout>>();
  const lookAgain = () => {
    rescan = true;
    timer ??= setTimeout(lookAtChanges, CHANGES_EVERY_MS);
  };
  const lookAgainLater = () => {
    for (const after of AGAIN_AFTER_MS) again.add(setTimeout(lookAgain, after));
  };
  if (document.readyState !== 'complete') window.addEventListener('load', lookAgainLater, { once: true, signal });
  lookAgainLater();
  void inSlices(pictures([document]), watch, signal);

  signal.addEventListener('abort', () => {
    for (const waiting of [timer, belowTimer, ...again]) clearTimeout(waiting);
    for (const observer of [nearObserver, visibleObserver, sizes, mutations]) observer.disconnect();
    watched.clear();
  });
  return { look };
}

/** A style sheet asks for classes; of an own style only variables reach what is below. */
function mayRestyle(element: Element, attribute: string | null): boolean {
  return attribute === 'class' || (attribute === 'style' && (element.getAttribute('style')?.includes('--') ?? false));
}

/** Those that are in none of the others. */
function outermost(elements: ReadonlySet<Element>): Element[] {
  const all = [...elements];
  return all.filter((one) => !all.some((other) => other !== one && other.contains(one)));
}

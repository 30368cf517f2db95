import { plainlyVisible } from './plainly-visible.ts';

/** Milliseconds that a question must have stood still in plain sight before an answer counts: time to read it. */
export const SETTLE_MS = 500;
/** Milliseconds between looks at whether it still does. */
const LOOK_EVERY_MS = 100;
/** CSS pixels that it may move between two looks (layout settling). */
const STILL_PX = 4;

/** Members of version 2 of the standard, which Chromium has and TypeScript's library lacks. */
interface SeenEntry extends IntersectionObserverEntry {
  readonly isVisible?: boolean;
}
interface SeenOptions extends IntersectionObserverInit {
  readonly trackVisibility: true;
  readonly delay: number;
}

/** Why a press does not count; undefined where it does. */
export type Refusal = 'too-soon' | 'hidden';

/**
 * Watches whether a question is in plain sight, until the signal aborts.
 * @param question element in the shadow root of `host`
 * @returns judges a press at this moment
 */
export function watchQuestion(question: Element, host: Element, signal: AbortSignal): () => Refusal | undefined {
  // Undefined where the browser does not say what was painted over; then styles and hit tests alone decide.
  let painted: boolean | undefined;
  let since = performance.now();
  let place = question.getBoundingClientRect();

  const inSight = () => painted !== false && plainlyVisible(question, host);
  const look = () => {
    const now = question.getBoundingClientRect();
    const still = Math.abs(now.left - place.left) <= STILL_PX && Math.abs(now.top - place.top) <= STILL_PX;
    place = now;
    if (!still || !inSight()) since = performance.now();
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  signal.addEventListener('abort', () => clearInterval(timer));

  if (typeof IntersectionObserverEntry === 'function' && 'isVisible' in IntersectionObserverEntry.prototype) {
    painted = false;
    const options: SeenOptions = { trackVisibility: true, delay: LOOK_EVERY_MS, threshold: [0, 0.5, 0.99, 1] };
    const observer = new IntersectionObserver((entries: SeenEntry[]) => {
      painted = entries.at(-1)?.isVisible === true;
      if (!painted) since = performance.now();
    }, options);
    observer.observe(question);
    signal.addEventListener('abort', () => observer.disconnect());
  }

  return () => {
    look();
    if (!inSight()) return 'hidden';
    return performance.now() - since < SETTLE_MS ? 'too-soon' : undefined;
  };
}

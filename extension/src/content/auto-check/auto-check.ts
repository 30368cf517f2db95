import type { CheckOutcome } from '../check-client.ts';
import type { PagePictures } from '../page-pictures.ts';
import type { PictureChecks, Subject } from '../picture-checks.ts';
import type { PictureEnd } from '../picture-watch.ts';
import { inSlices } from '../slices.ts';
import { createAutoQueue } from './queue.ts';
import { watchPictures } from './watcher.ts';

export interface AutoCheckOptions {
  readonly minimumSide: number;
  readonly pictures: PagePictures;
  readonly checks: PictureChecks;
  readonly subjectOf: (element: Element) => Subject;
  /** Whether "Likely AI" alone gets a badge. */
  onlyLikelyAi(): boolean;
}

/** First and longest wait before what failed for a passing reason is asked again (companion away, busy). */
const RETRY_FIRST_MS = 5_000;
const RETRY_LONGEST_MS = 60_000;
/** Answers that come within this time are drawn together, and what has scrolled by until then is not drawn at all. */
const SHOW_EVERY_MS = 80;

/** Failures of every picture alike, which a person can mend: a badge says that nothing is checked here. */
const NOT_CHECKED: ReadonlySet<string> = new Set(['companion-unreachable', 'shutting-down', 'not-paired']);

/** Failures that time alone mends. */
function passes({ error }: Extract<CheckOutcome, { kind: 'error' }>): boolean {
  return error.retryable && error.code !== 'picture-gone';
}

/**
 * Checks the pictures near the viewport without being asked, until the signal aborts; then its badges go too.
 * Failures of one picture show nothing, because nobody asked; where none can be checked, the badges say so.
 */
export function startAutoCheck(
  { minimumSide, pictures, checks, subjectOf, onlyLikelyAi }: AutoCheckOptions,
  signal: AbortSignal,
): { retry(): void } {
  const badges = new Set<Element>();
  /** What is to be shown of each picture. */
  const toShow = new Map<Element, { readonly outcome: CheckOutcome | undefined; readonly url: string }>();
  let showTimer: ReturnType<typeof setTimeout> | undefined;
  let wait = RETRY_FIRST_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hide = (picture: Element) => {
    toShow.delete(picture);
    badges.delete(picture);
    checks.hideBadge(picture);
  };
  const isQuiet = (outcome: CheckOutcome | undefined): boolean =>
    outcome?.kind === 'error'
      ? !NOT_CHECKED.has(outcome.error.code)
      : onlyLikelyAi() && outcome?.record.verdict.value !== 'fake';
  const showNow = (picture: Element, outcome: CheckOutcome | undefined, url: string) => {
    if (isQuiet(outcome)) {
      hide(picture);
      return;
    }
    // It shows another picture by now, which will be told.
    if (pictures.address(picture) !== url) return;
    badges.add(picture);
    checks.showBadge(subjectOf(picture), outcome, (why) => ended(picture, url, why));
  };
  const showSoon = () => {
    showTimer ??= setTimeout(showAll, SHOW_EVERY_MS);
  };
  const showAll = async () => {
    try {
      // A Map is walked as it is by then: without what went meanwhile, with what came.
      await inSlices(
        toShow,
        ([picture, { outcome, url }]) => {
          toShow.delete(picture);
          showNow(picture, outcome, url);
        },
        signal,
      );
    } finally {
      showTimer = undefined;
      if (toShow.size > 0 && !signal.aborted) showSoon();
    }
  };
  const show = (picture: Element, outcome: CheckOutcome | undefined, url: string) => {
    if (signal.aborted) return;
    toShow.set(picture, { outcome, url });
    showSoon();
  };
  const ended = (picture: Element, url: string, why: PictureEnd) => {
    toShow.delete(picture);
    badges.delete(picture);
    queue.leave(picture);
    if (why === 'reloaded') queue.forget(url);
    watcher.look(picture);
  };

  const queue = createAutoQueue<Element, CheckOutcome>({
    start: (picture, url) =>
      checks.run(subjectOf(picture), {
        lane: 'bulk',
        begun: () => queue.begun(url),
        done(outcome) {
          if (outcome.kind === 'verdict') wait = RETRY_FIRST_MS;
          queue.settle(url, outcome, outcome.kind === 'verdict' || !passes(outcome));
        },
      }),
    waiting: (picture, url) => show(picture, undefined, url),
    show,
  });

  const watcher = watchPictures(
    minimumSide,
    {
      scan: (root, met) => pictures.scan(root, met),
      isPicture: (element) => pictures.address(element) !== undefined,
      near(picture, visible) {
        const url = pictures.address(picture);
        if (url !== undefined) queue.enter(picture, url, visible);
      },
      away(picture) {
        queue.leave(picture);
        hide(picture);
      },
    },
    signal,
  );
  const retryLater = () => {
    timer = setTimeout(() => {
      if (document.visibilityState === 'visible' && queue.retry()) wait = Math.min(wait * 2, RETRY_LONGEST_MS);
      retryLater();
    }, wait);
  };
  retryLater();

  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    clearTimeout(showTimer);
    toShow.clear();
    queue.clear();
    for (const picture of [...badges]) hide(picture);
  });
  return {
    /** The background says that something changed, perhaps for the better. */
    retry() {
      wait = RETRY_FIRST_MS;
      queue.showAgain();
      queue.retry();
    },
  };
}

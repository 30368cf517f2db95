import type { CheckOutcome } from '../check-client.ts';
import type { PagePictures } from '../page-pictures.ts';
import type { PictureChecks, Subject } from '../picture-checks.ts';
import { createAutoQueue } from './queue.ts';
import { watchPictures } from './watcher.ts';

export interface AutoCheckOptions {
  readonly minimumSide: number;
  readonly pictures: PagePictures;
  readonly checks: PictureChecks;
  readonly subjectOf: (element: Element) => Subject;
}

/**
 * Checks the pictures near the viewport without being asked, until the signal aborts; then its badges go too.
 * Failures show nothing: nobody asked.
 */
export function startAutoCheck(
  { minimumSide, pictures, checks, subjectOf }: AutoCheckOptions,
  signal: AbortSignal,
): void {
  const badges = new Set<Element>();
  const hide = (picture: Element) => {
    badges.delete(picture);
    checks.hideBadge(picture);
  };
  const show = (picture: Element, outcome: CheckOutcome | undefined) => {
    if (signal.aborted) return;
    if (outcome?.kind === 'error') {
      hide(picture);
      return;
    }
    badges.add(picture);
    checks.showBadge(subjectOf(picture), outcome);
  };

  const queue = createAutoQueue<Element, CheckOutcome>({
    start: (picture, url) =>
      checks.run(subjectOf(picture), {
        lane: 'bulk',
        begun: () => queue.begun(url),
        done: (outcome) => queue.settle(url, outcome, outcome.kind === 'verdict' || !outcome.error.retryable),
      }),
    waiting: (picture) => show(picture, undefined),
    show,
  });

  watchPictures(
    minimumSide,
    {
      scan: (root) => pictures.scan(root),
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
  signal.addEventListener('abort', () => {
    queue.clear();
    for (const picture of [...badges]) hide(picture);
  });
}

import type { CheckWatch, Observer } from './observer.ts';

/** Tells two what one is told. */
export function bothObservers(one: Observer, other: Observer): Observer {
  return {
    check(check) {
      const watches: readonly CheckWatch[] = [one.check(check), other.check(check)];
      return {
        stage: (...told) => {
          for (const watch of watches) watch.stage(...told);
        },
        end: (error) => {
          for (const watch of watches) watch.end(error);
        },
      };
    },
    run: (run) => {
      one.run(run);
      other.run(run);
    },
    cache: (...asked) => {
      one.cache(...asked);
      other.cache(...asked);
    },
  };
}

import type { Observer } from './observer.ts';

/** What the rooms have in hand, beside whoever else is told. */
export interface WorkInHand {
  /** Tells the other what it is told. */
  readonly observer: Observer;
  /** Whether a check has begun, gone on or ended since the last call. */
  worked(): boolean;
}

/** Counts the checks that somebody waits for. */
export function createWorkInHand(other: Observer): WorkInHand {
  let open = 0;
  let touched = false;
  return {
    observer: {
      ...other,
      check(check) {
        const watch = other.check(check);
        open += 1;
        touched = true;
        return {
          stage: watch.stage,
          end(error) {
            open -= 1;
            touched = true;
            watch.end(error);
          },
        };
      },
    },
    worked() {
      const worked = touched || open > 0;
      touched = false;
      return worked;
    },
  };
}

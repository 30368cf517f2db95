import { TouchstoneError } from '@touchstone/shared';

/** Who reads the screen: a check that a person waits for, or one frame of many of a playing video. */
export type ScreenUse = 'person' | 'frame';

export interface ScreenQueue {
  /**
   * Reads the screen when it is its turn.
   * @throws TouchstoneError `busy` for a frame that would come too late: another one is read soon
   */
  take<Result>(use: ScreenUse, read: () => Promise<Result>): Promise<Result>;
}

/** Browsers refuse more than two a second (`MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND`); milliseconds from one to the next. */
export const TURN_EVERY_MS = 520;
/** A frame that waits longer shows another moment than the one it was asked for, and the badges are hidden so long. */
const FRAME_WAITS_MS = 200;
/** After a person's check the frames leave every second turn free for so long: people check several pictures in a row. */
const PERSON_STAYS_MS = 4_000;

interface Waiting {
  readonly use: ScreenUse;
  run(): Promise<void>;
}

/** Reads one after the other, at the pace that the browser allows: what a person waits for goes first. */
export function createScreenQueue(): ScreenQueue {
  const waiting: Waiting[] = [];
  let lastAt = Number.NEGATIVE_INFINITY;
  let personAt = Number.NEGATIVE_INFINITY;
  let running = false;

  /** Milliseconds until the next read may begin. */
  const pause = (): number => Math.max(0, lastAt + TURN_EVERY_MS - Date.now());
  const tooLate = (): boolean => {
    const now = Date.now();
    if (waiting.length > 0) return true;
    return now - personAt < PERSON_STAYS_MS ? now - lastAt < 2 * TURN_EVERY_MS : pause() > FRAME_WAITS_MS;
  };
  const next = (): Waiting | undefined => {
    const at = waiting.findIndex(({ use }) => use === 'person');
    return waiting.splice(Math.max(0, at), 1)[0];
  };
  const run = async () => {
    running = true;
    while (waiting.length > 0) {
      const wait = pause();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      // Chosen after the wait: a person may have asked meanwhile.
      const turn = next();
      lastAt = Date.now();
      await turn?.run();
    }
    running = false;
  };

  return {
    take: (use, read) =>
      new Promise((resolve, reject) => {
        if (use === 'person') personAt = Date.now();
        else if (tooLate()) {
          reject(new TouchstoneError('busy', 'the screen is being read'));
          return;
        }
        waiting.push({ use, run: () => read().then(resolve, reject) });
        if (!running) void run();
      }),
  };
}

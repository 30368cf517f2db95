/** How an attempt to have a record written went. */
export type LateOutcome =
  /** It is written, or nothing of it can be told any more. */
  | 'over'
  /** There is no companion; whoever hears of one says so. */
  | 'no-companion'
  /** Another time: it is busy, or has no place. */
  | 'later';

/** First and longest wait before a companion that is there, but did not take it, is asked again. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** Waits after which it is given up until something changes: a quarter of an hour. */
const MAX_WAITS = 36;

/** Sees to it that a track which was closed without a record gets one after all. */
export interface LateRecord<Track> {
  /** Closed without a record: it is tried at once, whatever is thought of the companion. */
  lost(track: Track): void;
  /** Something changed for the better, perhaps. */
  retry(): void;
  /** A record is still to be written. */
  readonly open: boolean;
}

/**
 * @param attempt tells a companion what the former one had said; never rejects
 * @param wait calls back after so many milliseconds
 */
export function createLateRecord<Track>(
  attempt: (track: Track) => Promise<LateOutcome>,
  wait: (then: () => void, milliseconds: number) => void = setTimeout,
): LateRecord<Track> {
  let waiting: Track | undefined;
  let attempting = false;
  /** Asked for while an attempt was under way, which may have begun too early. */
  let askedMeanwhile = false;
  let pause = FIRST_WAIT_MS;
  let waits = 0;
  /** Of two waits that are under way only the younger counts. */
  let attempts = 0;

  async function tryNow(): Promise<void> {
    if (attempting) {
      askedMeanwhile = true;
      return;
    }
    if (waiting === undefined) return;
    attempting = true;
    askedMeanwhile = false;
    attempts += 1;
    const track = waiting;
    const outcome = await attempt(track);
    attempting = false;
    if (outcome === 'over' && waiting === track) waiting = undefined;
    if (waiting === undefined) return;
    if (askedMeanwhile || waiting !== track) void tryNow();
    else if (outcome === 'later') {
      if (waits === MAX_WAITS) {
        waiting = undefined;
        return;
      }
      const after = attempts;
      wait(() => {
        if (attempts === after) void tryNow();
      }, pause);
      waits += 1;
      pause = Math.min(pause * 2, LONGEST_WAIT_MS);
    }
  }

  return {
    lost(track) {
      waiting = track;
      pause = FIRST_WAIT_MS;
      waits = 0;
      void tryNow();
    },
    retry() {
      pause = FIRST_WAIT_MS;
      waits = 0;
      void tryNow();
    },
    get open() {
      return waiting !== undefined;
    },
  };
}

/** Somebody who takes up room and has proven nothing. */
export interface Unproven {
  /** When it came, in milliseconds of a clock that only goes forward. */
  readonly since: number;
  silent(): boolean;
}

/**
 * A caller who has something to say says it at once: a browser's hello comes within a few milliseconds, on a busy computer
 * within some hundred. Before that, silence is no sign: whoever sends a byte on each of many connections would else have
 * every newcomer pushed out as the only silent one.
 */
export const SILENCE_MS = 1_000;

/**
 * Who goes when there is no room: the oldest that has been silent for a while, then the oldest.
 * @param unproven in the order in which they came
 */
export function whoMakesWay<Caller extends Unproven>(unproven: Iterable<Caller>, now: number): Caller | undefined {
  let oldest: Caller | undefined;
  for (const caller of unproven) {
    oldest ??= caller;
    if (now - caller.since < SILENCE_MS) break;
    if (caller.silent()) return caller;
  }
  return oldest;
}

/** Ends of jobs that are remembered to tell the pace. */
const REMEMBERED = 16;

/** Told while nothing has ended yet, in seconds. */
const UNKNOWN_SECONDS = 5;

/** Longest wait that is told, in seconds: a pause of the queue says nothing about when it goes on. */
const MAX_SECONDS = 60;

/** How fast jobs end, for those who ask when there will be a place. @param now milliseconds since 1970 */
export function createEndRate(now: () => number) {
  const ends: number[] = [];
  return {
    ended(): void {
      ends.push(now());
      if (ends.length > REMEMBERED) ends.shift();
    },
    /** Whole seconds between two ends, from 1. */
    secondsPerPlace(): number {
      const [first] = ends;
      if (first === undefined) return UNKNOWN_SECONDS;
      const seconds = Math.ceil((now() - first) / ends.length / 1000);
      return Math.min(MAX_SECONDS, Math.max(1, seconds));
    },
  };
}

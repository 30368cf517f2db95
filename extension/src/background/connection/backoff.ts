/** First wait after a lost or refused connection. */
export const FIRST_WAIT_MS = 500;
/** Longest wait while nobody waits for an answer. A loopback attempt is cheap; a minute is when a person gives up. */
export const LONGEST_WAIT_MS = 60_000;
/** Longest wait while somebody does. */
export const LONGEST_WAIT_ASKED_MS = 5_000;

/**
 * Wait before the next attempt: doubles each time, and a random half of it keeps browsers from trying in step.
 * @param attempt 0 for the first wait
 * @param longest in milliseconds
 * @param random 0..1
 */
export function backoff(attempt: number, longest: number = LONGEST_WAIT_MS, random: number = Math.random()): number {
  const full = Math.min(FIRST_WAIT_MS * 2 ** Math.min(attempt, 30), longest);
  return full / 2 + (full / 2) * random;
}

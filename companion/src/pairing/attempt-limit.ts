import { TouchstoneError } from '@touchstone/shared';

/** Pairing attempts of all browsers together, right or wrong, in one minute. A person needs one or two. */
export const ATTEMPTS_PER_MINUTE = 12;

const MINUTE_MS = 60_000;

/** Counts attempts over the last minute. */
export function createAttemptLimit(now: () => number): { take(): void } {
  let times: number[] = [];
  return {
    /** @throws TouchstoneError `pairing-rate-limited` */
    take() {
      times = times.filter((time) => time > now() - MINUTE_MS);
      if (times.length >= ATTEMPTS_PER_MINUTE) throw new TouchstoneError('pairing-rate-limited');
      times.push(now());
    },
  };
}

import { TouchstoneError } from './touchstone-error.ts';

/**
 * Between two steps of work that somebody may have given up.
 * @param cause what went wrong, where that may be only because of the cancelling
 * @throws TouchstoneError `cancelled` when the signal has been aborted
 */
export function throwIfCancelled(signal: AbortSignal | undefined, cause?: unknown): void {
  if (signal?.aborted) throw new TouchstoneError('cancelled', undefined, cause === undefined ? undefined : { cause });
}

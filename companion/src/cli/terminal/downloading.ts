import { TouchstoneError } from '@touchstone/shared';
import { SingleBar } from 'cli-progress';

const MEGABYTE = 1_000_000;
/** A no, or Ctrl-C: nothing failed, but nothing is there either. */
const EXIT_CANCELLED = 2;

/** Bytes as a person reads them in front of a download. */
export const inMegabytes = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(0)} MB`;

export interface Download {
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number | undefined) => void;
}

/**
 * Runs a download with a bar where somebody sees it.
 * @returns what it gives; undefined after a no or Ctrl-C, with the exit code set
 */
export async function downloading<Result>(work: (download: Download) => Promise<Result>): Promise<Result | undefined> {
  const interrupted = new AbortController();
  const stop = (): void => interrupted.abort();
  process.once('SIGINT', stop);
  const bar = process.stderr.isTTY
    ? new SingleBar({ stream: process.stderr, format: 'Downloading {bar} {percentage} % of {megabytes} MB' })
    : undefined;
  let started = false;
  try {
    return await work({
      signal: interrupted.signal,
      onProgress: (done, total) => {
        if (!bar || !total) return;
        if (!started) bar.start(total, done, { megabytes: (total / MEGABYTE).toFixed(0) });
        started = true;
        bar.update(done);
        if (done >= total) bar.stop();
      },
    });
  } catch (error) {
    if (!(error instanceof TouchstoneError && error.code === 'cancelled')) throw error;
    process.stderr.write('Nothing was installed. What was downloaded so far is kept and continued next time.\n');
    process.exitCode = EXIT_CANCELLED;
    return undefined;
  } finally {
    bar?.stop();
    process.off('SIGINT', stop);
  }
}

import { basename } from 'node:path';
import { toErrorReport } from '@touchstone/shared';
import { givenPath } from '../terminal/given-path.ts';
import type { Candidate } from './find-files.ts';
import type { Judge, VideoProgress } from './judge.ts';
import type { Outcome } from './outcome.ts';
import { readInput } from './read-input.ts';

export interface RunOptions {
  readonly judge: Judge;
  readonly candidates: AsyncIterable<Candidate> | Iterable<Candidate>;
  readonly input: AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
  readonly onVideoProgress?: (file: string, progress: VideoProgress) => void;
}

/**
 * Checks every candidate, a few at once, and yields outcomes as they arrive. At most `judge.concurrency` files are in
 * memory. Ends early, without the outcomes under way, when the signal aborts.
 */
export async function* runChecks(options: RunOptions): AsyncGenerator<Outcome> {
  const { judge, candidates, input, signal, onVideoProgress } = options;
  const underWay = new Map<number, Promise<Outcome>>();
  const checkOne = async (candidate: Candidate, index: number): Promise<Outcome> => {
    const file = candidate.name;
    try {
      if (candidate.video) return await checkVideo(file, index);
      const bytes = await readInput(candidate, input);
      const start = performance.now();
      const fileName = file === '-' ? undefined : basename(file);
      const record = await judge.check({ bytes, fileName, signal });
      return { file, index, record, ms: performance.now() - start };
    } catch (error) {
      return { file, index, error: toErrorReport(error) };
    }
  };
  const checkVideo = async (file: string, index: number): Promise<Outcome> => {
    const start = performance.now();
    const onProgress = (progress: VideoProgress): void => onVideoProgress?.(file, progress);
    const record = await judge.checkVideo({ path: givenPath(file), fileName: basename(file), signal, onProgress });
    return { file, index, record, ms: performance.now() - start };
  };
  const next = async (): Promise<Outcome> => {
    const outcome = await Promise.race(underWay.values());
    underWay.delete(outcome.index);
    return outcome;
  };
  let index = 0;
  for await (const candidate of candidates) {
    if (signal.aborted) return;
    underWay.set(index, checkOne(candidate, index));
    index += 1;
    if (underWay.size < judge.concurrency) continue;
    const outcome = await next();
    if (signal.aborted) return;
    yield outcome;
  }
  while (underWay.size > 0) {
    const outcome = await next();
    if (signal.aborted) return;
    yield outcome;
  }
}

import { basename } from 'node:path';
import { toErrorReport } from '@touchstone/shared';
import { givenPath } from '../terminal/given-path.ts';
import type { Candidate } from './find-files.ts';
import type { Judge, VideoProgress } from './judge.ts';
import type { Outcome } from './outcome.ts';
import { readInput } from './read-input.ts';
import { receiveInput } from './standard-input.ts';

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
      if (file === '-') return await checkInput(index);
      return await checkFile(candidate, { file, index, fileName: basename(file) });
    } catch (error) {
      return { file, index, error: toErrorReport(error) };
    }
  };
  const checkInput = async (index: number): Promise<Outcome> => {
    const { candidate, bytes, remove } = await receiveInput(input, signal);
    try {
      return await checkFile(candidate, { file: '-', index, fileName: undefined }, bytes);
    } finally {
      await remove();
    }
  };
  /** @param as under which name it is told, which for standard input is not that of the file */
  const checkFile = async (
    candidate: Candidate,
    { file, index, fileName }: { file: string; index: number; fileName: string | undefined },
    given?: Uint8Array,
  ): Promise<Outcome> => {
    const bytes = candidate.video ? undefined : (given ?? (await readInput(candidate)));
    const start = performance.now();
    const onProgress = (progress: VideoProgress): void => onVideoProgress?.(file, progress);
    const record = bytes
      ? await judge.check({ bytes, fileName, signal })
      : await judge.checkVideo({ path: givenPath(candidate.name), fileName, signal, onProgress });
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

import { graphOf, headAnswer, type Pack, type PackAnswer, type ViewBatch } from '@touchstone/models';
import { LANES, type Lane, TouchstoneError, throwIfCancelled } from '@touchstone/shared';
import type { Logger } from 'pino';
import { NO_OBSERVER, type Observer } from '../observe/observer.ts';
import { type BatchItem, takeBatch } from './batch.ts';
import type { ExecutionProviders } from './execution-providers.ts';
import { createInferenceThread, RunFailed } from './inference-thread.ts';

/**
 * A pack nobody used for this long gives its memory back, but for the quick one in use: the runtime holds 230 MB for the shipped one, nearly
 * all of it weights (its arena adds 10 to 50), and opening it again takes 2.4 s of processor time. The decoder's process,
 * for which the next picture waits as well, ends after the same time.
 */
const IDLE_RELEASE_MS = 5 * 60_000;

/** Nobody has been judged for this long: what large batches left in the runtime goes back (18 of 55 MB for the quick pack). */
const REST_MS = 5_000;

export interface Judged {
  readonly answer: PackAnswer;
  readonly provider: string;
}

export interface InferenceEngine {
  /**
   * Runs a pack on one picture's views, in a batch with whoever waits for the same pack.
   * @throws TouchstoneError `inference-failed` after the second failure, `pack-invalid`, `cancelled`, `shutting-down`
   */
  judge(pack: Pack, views: ViewBatch, lane: Lane, signal?: AbortSignal): Promise<Judged>;
  /** Loads a pack ahead of its first picture. @throws as `judge` */
  open(pack: Pack): Promise<void>;
  /** Gives the memory of a pack back that nobody works with any more. */
  release(pack: Pack): void;
  restarts(): number;
  close(): Promise<void>;
}

interface Job extends BatchItem {
  readonly pack: Pack;
  readonly views: ViewBatch;
  readonly resolve: (answer: PackAnswer | undefined, provider: string) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * @param providers which execution provider each pack runs on
 * @param options `script` of the inference thread and how long it waits before it is asked to give memory back, for tests; who is told of every run; which pack keeps its memory while nobody
 *   uses it, so that what scrolls by does not wait for it to open
 */
export function createInferenceEngine(
  providers: ExecutionProviders,
  logger: Logger,
  {
    script,
    observer = NO_OBSERVER,
    staysOpen = () => false,
    restMs = REST_MS,
  }: {
    readonly script?: URL;
    readonly observer?: Pick<Observer, 'run'>;
    readonly staysOpen?: (pack: Pack) => boolean;
    readonly restMs?: number;
  } = {},
): InferenceEngine {
  const waiting: Job[] = [];
  const lastUse = new Map<string, { pack: Pack; at: number }>();
  let busy = false;
  let closed = false;
  const thread = createInferenceThread((reason) => logger.error({ reason }, 'the inference thread died'), script);

  const sweep = setInterval(() => {
    for (const [folder, { pack, at }] of lastUse) {
      if (staysOpen(pack) || Date.now() - at < IDLE_RELEASE_MS) continue;
      lastUse.delete(folder);
      thread.release(folder);
    }
  }, IDLE_RELEASE_MS / 10);
  sweep.unref();

  /** Of the last run; undefined once the thread has been asked to give back what it left. */
  let lastRun: number | undefined;
  const resting = setInterval(() => {
    if (busy || lastRun === undefined || Date.now() - lastRun < restMs) return;
    lastRun = undefined;
    thread.shrink();
  }, restMs / 2);
  resting.unref();

  /** Requeues what failed for the first time, and fails the rest. */
  function handleFailure(batch: readonly Job[], error: unknown): void {
    const packInvalid = error instanceof RunFailed && error.packInvalid;
    for (const job of batch) {
      const onCpu = job.provider === 'cpu';
      if (closed) job.reject(new TouchstoneError('shutting-down'));
      else if (packInvalid && onCpu) job.reject(new TouchstoneError('pack-invalid', error.message));
      else if (job.isolated && onCpu)
        job.reject(new TouchstoneError('inference-failed', String(error), { cause: error }));
      else {
        if (!onCpu) providers.giveUp(job.pack, job.provider, String(error));
        waiting.push({ ...job, provider: providers.providerFor(job.pack), isolated: true });
      }
    }
  }

  async function pump(): Promise<void> {
    if (busy) return;
    busy = true;
    for (let batch = takeBatch(waiting); batch.length > 0; batch = takeBatch(waiting)) {
      const first = batch[0] as Job;
      lastUse.set(first.folder, { pack: first.pack, at: Date.now() });
      try {
        const { folder, provider } = first;
        const pictures = batch.map((job) => job.views);
        const { sha256 } = first.pack.manifest.model;
        const reply = await thread.ask({ type: 'run', folder, sha256, provider, pictures });
        lastRun = Date.now();
        const judged = pictures.filter(({ count }) => count > 0).length;
        if (judged > 0) observer.run({ pictures: judged, provider });
        for (const [index, job] of batch.entries()) {
          job.resolve(reply.answers[index], provider);
        }
      } catch (error) {
        logger.warn({ error: String(error), pictures: batch.length }, 'a run failed');
        handleFailure(batch, error);
      }
    }
    busy = false;
  }

  async function enqueue(
    pack: Pack,
    views: ViewBatch,
    rank: number,
    signal?: AbortSignal,
  ): Promise<{ answer: PackAnswer | undefined; provider: string }> {
    await providers.ready(pack);
    throwIfCancelled(signal);
    if (closed) throw new TouchstoneError('shutting-down');
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        const index = waiting.findIndex((other) => other.views === views);
        if (index >= 0) waiting.splice(index, 1);
        reject(new TouchstoneError('cancelled'));
      };
      const done = (): void => signal?.removeEventListener('abort', leave);
      signal?.addEventListener('abort', leave, { once: true });
      waiting.push({
        pack,
        views,
        rank,
        folder: pack.folder,
        provider: providers.providerFor(pack),
        isolated: false,
        resolve: (answer, provider) => {
          done();
          resolve({ answer, provider });
        },
        reject: (error) => {
          done();
          reject(error);
        },
      });
      void pump();
    });
  }

  return {
    async judge(pack, views, lane, signal) {
      const { answer, provider } = await enqueue(graphOf(pack), views, LANES.indexOf(lane), signal);
      if (!answer) throw new TouchstoneError('inference-failed', 'no answer for this picture');
      return { answer: pack.head ? headAnswer(pack, answer.embeddings, answer.logit) : answer, provider };
    },
    async open(pack) {
      // No views: the thread opens the session and has nothing to run.
      await enqueue(graphOf(pack), { data: new Uint8Array(0), count: 0 }, -1);
    },
    release(pack) {
      // The graph of a head is its base's.
      if (pack.head) return;
      const { folder } = pack;
      lastUse.delete(folder);
      thread.release(folder);
    },
    restarts: () => thread.restarts(),
    async close() {
      closed = true;
      clearInterval(sweep);
      clearInterval(resting);
      for (const job of waiting.splice(0)) job.reject(new TouchstoneError('shutting-down'));
      await thread.close();
    },
  };
}

import { Worker } from 'node:worker_threads';
import {
  CANCELLED_GRACE_MS,
  IDLE_RELEASE_MS,
  RECYCLE_ABOVE_BYTES,
  START_TIME_LIMIT_MS,
  THREAD_HEAP_MEGABYTES,
} from './limits.ts';
import { READY, type ReadReply, type ReadRequest, type TrustMaterial } from './worker-protocol.ts';

export const WORKER_SCRIPT = new URL('./provenance-worker.ts', import.meta.url);

/** The thread took longer than it may, or died, or nobody wants its answer; the next file gets a fresh one. */
export class ThreadLost extends Error {
  override readonly name = 'ThreadLost';
  readonly why: 'time-limit' | 'crash' | 'closed' | 'cancelled';

  constructor(why: ThreadLost['why'], detail: string = why) {
    super(detail);
    this.why = why;
  }
}

export interface ReaderThread {
  /**
   * One file at a time. The limit counts from when the thread has started.
   * @param signal a file that nobody waits for any more may take CANCELLED_GRACE_MS longer
   * @throws ThreadLost
   */
  ask(request: Omit<ReadRequest, 'id'>, timeLimitMs: number, signal?: AbortSignal): Promise<ReadReply>;
  close(): Promise<void>;
}

interface Running {
  readonly worker: Worker;
  readonly ready: Promise<void>;
  /** Rejects when the thread dies. */
  readonly dead: Promise<never>;
}

/** Keeps one thread alive: started with the first file, replaced after a loss, ended when idle or grown too large. */
export function createReaderThread(trust: readonly TrustMaterial[], script = WORKER_SCRIPT): ReaderThread {
  let running: Running | undefined;
  let idle: NodeJS.Timeout | undefined;
  let nextId = 1;
  const closing = Promise.withResolvers<never>();
  closing.promise.catch(() => undefined);
  let closed = false;

  async function retire(): Promise<void> {
    const old = running;
    running = undefined;
    await old?.worker.terminate();
  }

  function start(): Running {
    const worker = new Worker(script, {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      name: 'touchstone-provenance',
      workerData: trust,
      resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_MEGABYTES },
      // A panic inside the module writes its trace there; the error carries what is needed.
      stderr: true,
      stdout: true,
    });
    worker.stderr.resume();
    worker.stdout.resume();
    const ready = Promise.withResolvers<void>();
    const dead = Promise.withResolvers<never>();
    dead.promise.catch(() => undefined);
    let lastError = '';
    worker.on('message', (message: unknown) => message === READY && ready.resolve());
    worker.on('error', (error: unknown) => {
      lastError = String(error);
    });
    worker.on('exit', (code) => dead.reject(new ThreadLost('crash', lastError || `exit code ${code}`)));
    return { worker, ready: ready.promise, dead: dead.promise };
  }

  /** The first of: the work, the death of the thread, the end of the reader, the end of the time. */
  async function within<T>(work: Promise<T>, { dead }: Running, limitMs: number, signal?: AbortSignal): Promise<T> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new ThreadLost('time-limit')), limitMs);
    let grace: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      grace = setTimeout(() => late.reject(new ThreadLost('cancelled')), CANCELLED_GRACE_MS);
    };
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort);
    try {
      return await Promise.race([work, dead, closing.promise, late.promise]);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      clearTimeout(timer);
      clearTimeout(grace);
    }
  }

  return {
    async ask(request, timeLimitMs, signal) {
      if (closed) throw new ThreadLost('closed');
      clearTimeout(idle);
      running ??= start();
      const now = running;
      // A file under way keeps the process alive, a thread that waits does not.
      now.worker.ref();
      const id = nextId++;
      const reply = Promise.withResolvers<ReadReply>();
      const onMessage = (message: ReadReply | typeof READY): void => {
        if (message !== READY && message.id === id) reply.resolve(message);
      };
      now.worker.on('message', onMessage);
      try {
        await within(now.ready, now, START_TIME_LIMIT_MS);
        const transfer = typeof request.input === 'string' ? [] : [request.input.buffer as ArrayBuffer];
        now.worker.postMessage({ ...request, id } satisfies ReadRequest, transfer);
        const answer = await within(reply.promise, now, timeLimitMs, signal);
        if (answer.memory > RECYCLE_ABOVE_BYTES) await retire();
        return answer;
      } catch (error) {
        await retire();
        throw error;
      } finally {
        now.worker.off('message', onMessage);
        now.worker.unref();
        if (!closed) idle = setTimeout(() => void retire(), IDLE_RELEASE_MS).unref();
      }
    },
    async close() {
      closed = true;
      clearTimeout(idle);
      closing.reject(new ThreadLost('closed'));
      await retire();
    },
  };
}

import { Worker } from 'node:worker_threads';
import { IDLE_RELEASE_MS, RECYCLE_ABOVE_BYTES, THREAD_HEAP_MEGABYTES } from './limits.ts';
import type { ReadReply, ReadRequest, TrustMaterial } from './worker-protocol.ts';

export const WORKER_SCRIPT = new URL('./provenance-worker.ts', import.meta.url);

/** The thread took longer than it may, or died; the next file gets a fresh one. */
export class ThreadLost extends Error {
  override readonly name = 'ThreadLost';
  readonly why: 'time-limit' | 'crash' | 'closed';

  constructor(why: ThreadLost['why'], detail = why as string) {
    super(detail);
    this.why = why;
  }
}

export interface ReaderThread {
  /** One file at a time. @throws ThreadLost */
  ask(request: Omit<ReadRequest, 'id'>, timeLimitMs: number): Promise<ReadReply>;
  close(): Promise<void>;
}

/** Keeps one thread alive: started with the first file, replaced after a loss, ended when idle or grown too large. */
export function createReaderThread(trust: readonly TrustMaterial[], script = WORKER_SCRIPT): ReaderThread {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let lose: ((why: ThreadLost) => void) | undefined;
  let closed = false;
  let nextId = 1;

  function retire(): Promise<unknown> {
    const old = worker;
    worker = undefined;
    return old?.terminate() ?? Promise.resolve();
  }

  function start(): Worker {
    const started = new Worker(script, {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      name: 'touchstone-provenance',
      workerData: trust,
      resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_MEGABYTES },
      // A panic inside the module writes its trace there; the error carries what is needed.
      stderr: true,
      stdout: true,
    });
    started.stderr.resume();
    started.stdout.resume();
    let lastError = '';
    started.on('error', (error: unknown) => {
      lastError = String(error);
    });
    started.on('exit', (code) => {
      if (worker !== started) return;
      worker = undefined;
      lose?.(new ThreadLost('crash', lastError || `exit code ${code}`));
    });
    started.unref();
    return started;
  }

  return {
    async ask(request, timeLimitMs) {
      if (closed) throw new ThreadLost('closed');
      clearTimeout(idle);
      worker ??= start();
      const thread = worker;
      // A file under way keeps the process alive, a thread that waits does not.
      thread.ref();
      const id = nextId++;
      const { promise, resolve, reject } = Promise.withResolvers<ReadReply>();
      lose = reject;
      const limit = setTimeout(() => reject(new ThreadLost('time-limit')), timeLimitMs);
      const onMessage = (reply: ReadReply): void => {
        if (reply.id === id) resolve(reply);
      };
      thread.on('message', onMessage);
      try {
        const transfer = typeof request.input === 'string' ? [] : [request.input.buffer as ArrayBuffer];
        thread.postMessage({ ...request, id } satisfies ReadRequest, transfer);
        const reply = await promise;
        if (reply.memory > RECYCLE_ABOVE_BYTES) await retire();
        return reply;
      } catch (error) {
        await retire();
        throw error;
      } finally {
        lose = undefined;
        clearTimeout(limit);
        thread.off('message', onMessage);
        thread.unref();
        if (!closed) {
          idle = setTimeout(() => void retire(), IDLE_RELEASE_MS);
          idle.unref();
        }
      }
    },
    async close() {
      closed = true;
      clearTimeout(idle);
      lose?.(new ThreadLost('closed'));
      await retire();
    },
  };
}

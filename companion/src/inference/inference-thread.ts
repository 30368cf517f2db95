import '@touchstone/models/telemetry-off';
import { Worker } from 'node:worker_threads';
import type { WorkerReply, WorkerRequest } from './worker-protocol.ts';

/** A run that takes longer is stuck (a GPU driver that hangs); the slowest known run takes 3 s. */
const RUN_TIMEOUT_MS = 60_000;
/** At the end, a run under way is given this long; a run on a processor takes less. */
const LAST_RUN_MS = 5_000;
/** First pause before a new thread after two that died without having answered anything; doubles up to the last. */
const FIRST_BACKOFF_MS = 100;
const LAST_BACKOFF_MS = 10_000;

/** The thread died, or got stuck, before it answered. */
export class ThreadDied extends Error {
  override readonly name = 'ThreadDied';
}

type RunRequest = Extract<WorkerRequest, { type: 'run' }>;
type Reply = Extract<WorkerReply, { type: 'answers' }>;

/** The graph or the provider failed, the thread lives. */
export class RunFailed extends Error {
  override readonly name = 'RunFailed';
  readonly packInvalid: boolean;

  constructor({ detail, packInvalid }: Extract<WorkerReply, { type: 'failed' }>) {
    super(detail);
    this.packInvalid = packInvalid;
  }
}

export interface InferenceThread {
  /** Sends one request and waits for its answer; one at a time. @throws ThreadDied, RunFailed */
  ask(request: RunRequest): Promise<Reply>;
  tell(request: Extract<WorkerRequest, { type: 'release' }>): void;
  /** How often a thread had to be replaced. */
  restarts(): number;
  /** Lets a run under way finish, then ends the thread. */
  close(): Promise<void>;
}

interface Pending {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

export const WORKER_SCRIPT = new URL('./inference-worker.ts', import.meta.url);

/**
 * Keeps one inference thread alive: started when needed, replaced with growing pauses when it dies.
 * A thread is never ended inside a native run: that aborts the whole process (the runtime's binding throws into a
 * dying isolate). One that is stuck is left alone and replaced, and ended once its run comes back.
 * @param onDeath is told why
 * @param script of the thread
 */
export function createInferenceThread(onDeath: (reason: string) => void, script = WORKER_SCRIPT): InferenceThread {
  let worker: Worker | undefined;
  let pending: Pending | undefined;
  let restarts = 0;
  let fruitless = 0;
  let closed = false;
  let whenSettled: (() => void) | undefined;

  function settle(act: (waiting: Pending) => void): void {
    const waiting = pending;
    pending = undefined;
    if (!waiting) return;
    clearTimeout(waiting.timer);
    act(waiting);
    whenSettled?.();
  }

  function lost(reason: string): void {
    worker = undefined;
    if (!closed) {
      restarts++;
      fruitless++;
      onDeath(reason);
    }
    settle(({ reject }) => reject(new ThreadDied(reason)));
  }

  function start(): Worker {
    const started = new Worker(script, {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      name: 'touchstone-inference',
    });
    let lastError = '';
    started.on('message', (reply: WorkerReply) => {
      if (worker !== started) {
        // It was stuck and has been replaced; its run is over now.
        void started.terminate();
        return;
      }
      fruitless = 0;
      settle(({ resolve, reject }) => (reply.type === 'answers' ? resolve(reply) : reject(new RunFailed(reply))));
    });
    started.on('error', (error: unknown) => {
      lastError = String(error);
    });
    started.on('exit', (code) => {
      if (worker === started) lost(lastError || `exit code ${code}`);
    });
    return started;
  }

  async function backOff(): Promise<void> {
    // The first replacement comes at once: most deaths are single ones.
    if (fruitless < 2) return;
    const pause = Math.min(LAST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (fruitless - 2));
    await new Promise((resolve) => setTimeout(resolve, pause));
  }

  return {
    async ask(request) {
      if (!worker) await backOff();
      if (closed) throw new ThreadDied('closed');
      worker ??= start();
      const target = worker;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          target.unref();
          lost('a run got stuck');
        }, RUN_TIMEOUT_MS);
        pending = { resolve, reject, timer };
        target.postMessage(request);
      });
    },
    tell: (request) => worker?.postMessage(request),
    restarts: () => restarts,
    async close() {
      closed = true;
      if (pending) {
        await new Promise<void>((resolve) => {
          whenSettled = resolve;
          setTimeout(resolve, LAST_RUN_MS).unref();
        });
      }
      const last = worker;
      worker = undefined;
      await last?.terminate();
    },
  };
}

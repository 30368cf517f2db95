import { Worker } from 'node:worker_threads';
import type { WorkerReply, WorkerRequest } from './worker-protocol.ts';

/** A run that takes longer is stuck (a GPU driver that hangs); the slowest known run takes 3 s. */
const RUN_TIMEOUT_MS = 60_000;
/** First pause before a new thread after one that died without having answered anything; doubles up to the last. */
const FIRST_BACKOFF_MS = 100;
const LAST_BACKOFF_MS = 10_000;

/** A thread that is ended inside a native run takes the whole process with it; a run on a processor takes less than this. */
const LAST_RUN_MS = 5_000;

/** The thread died before it answered. */
export class ThreadDied extends Error {
  override readonly name = 'ThreadDied';
}

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
  ask(request: Extract<WorkerRequest, { type: 'run' }>): Promise<Reply>;
  tell(request: Extract<WorkerRequest, { type: 'release' }>): void;
  /** How often a thread had to be replaced. */
  restarts(): number;
  /** Ends the thread as a crash would; the next request starts a new one. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Keeps one inference thread alive: started when needed, replaced with growing pauses when it dies. */
export function createInferenceThread(onDeath: (reason: string) => void): InferenceThread {
  let worker: Worker | undefined;
  let restarts = 0;
  let fruitless = 0;
  let closed = false;
  let afterPending: (() => void) | undefined;
  let pending: { resolve: (reply: Reply) => void; reject: (error: Error) => void; timer: NodeJS.Timeout } | undefined;

  function settle(act: (waiting: NonNullable<typeof pending>) => void): void {
    const waiting = pending;
    pending = undefined;
    if (!waiting) return;
    clearTimeout(waiting.timer);
    act(waiting);
    afterPending?.();
  }

  function start(): Worker {
    const started = new Worker(new URL('./inference-worker.ts', import.meta.url), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      name: 'touchstone-inference',
    });
    let lastError = '';
    started.on('message', (reply: WorkerReply) => {
      fruitless = 0;
      settle(({ resolve, reject }) => (reply.type === 'answers' ? resolve(reply) : reject(new RunFailed(reply))));
    });
    started.on('error', (error: unknown) => {
      lastError = String(error);
    });
    started.on('exit', (code) => {
      if (worker === started) worker = undefined;
      if (closed) {
        afterPending?.();
        return;
      }
      restarts++;
      fruitless++;
      const reason = lastError || `exit code ${code}`;
      onDeath(reason);
      settle(({ reject }) => reject(new ThreadDied(reason)));
    });
    return started;
  }

  async function backOff(): Promise<void> {
    // The first replacement comes at once: most deaths are single ones.
    if (fruitless < 2) return;
    await new Promise((resolve) =>
      setTimeout(resolve, Math.min(LAST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (fruitless - 2))),
    );
  }

  return {
    async ask(request) {
      if (!worker) await backOff();
      if (closed) throw new ThreadDied('closed');
      worker ??= start();
      const target = worker;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => void target.terminate(), RUN_TIMEOUT_MS);
        pending = { resolve, reject, timer };
        target.postMessage(request);
      });
    },
    tell: (request) => worker?.postMessage(request),
    restarts: () => restarts,
    async kill() {
      await worker?.terminate();
    },
    async close() {
      closed = true;
      const last = worker;
      if (pending) {
        await new Promise<void>((resolve) => {
          afterPending = resolve;
          setTimeout(resolve, LAST_RUN_MS).unref();
        });
      }
      worker = undefined;
      await last?.terminate();
      settle(({ reject }) => reject(new ThreadDied('closed')));
    },
  };
}

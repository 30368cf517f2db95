import { type Transferable, Worker } from 'node:worker_threads';
import { guardNativeThread } from './native-threads.ts';
import { enlistThread } from './running.ts';
import { newActivity } from './thread-activity.ts';
import type { FromThread, ThreadStart, ToThread } from './thread-messages.ts';
import { WorkerLost } from './worker-lost.ts';

export interface ThreadOptions {
  /** Ends with `answerQuestions`. */
  readonly script: URL;
  readonly name: string;
  /** `threadData` there. */
  readonly data?: unknown;
  /** JavaScript heap, in megabytes; default is Node's own limit. */
  readonly heapMegabytes?: number;
  /**
   * Whether it runs native code of others. Such a thread is never ended from outside, since that aborts the whole process
   * (the binding throws into a dying isolate): it is told to end, and one that is stuck is left alone. A thread of
   * JavaScript and WebAssembly is ended wherever it is.
   */
  readonly native: boolean;
}

export interface AskOptions {
  /** From when the thread has started, in milliseconds. */
  readonly limitMs: number;
  /** Given over, not copied. */
  readonly transfer?: readonly Transferable[];
  /** Nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
  /** So much longer may a question take whose signal was aborted: starting anew costs more. Milliseconds. */
  readonly graceMs?: number;
}

export interface SupervisedThread<Question, Answer> {
  /** One at a time. @throws WorkerLost; then `end` it */
  ask(question: Question, options: AskOptions): Promise<Answer>;
  /** Says something that has no answer. */
  tell(question: Question): void;
  /** Ends it, a native one once its work is over. @returns when it has ended */
  end(): Promise<void>;
  /** Waits for it no longer: what it was asked is lost, and it keeps no process alive. */
  abandon(): void;
  /** Resolves with the reason when it is no more. */
  readonly ended: Promise<string>;
}

/** Loading takes a third of a second; on a computer that swaps or is busy with much else, far longer. Milliseconds. */
const START_LIMIT_MS = 60_000;

/** Of the names of threads, as the system shows them. */
const OWN_PREFIX = /^touchstone-/;

/** Starts a thread that answers questions. It keeps the process alive only while it is asked or being ended. */
export function startThread<Question, Answer>(options: ThreadOptions): SupervisedThread<Question, Answer> {
  const { script, name, data, heapMegabytes, native } = options;
  const activity = newActivity();
  const worker = new Worker(script, {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    name,
    workerData: { activity, data } satisfies ThreadStart,
    ...(heapMegabytes !== undefined && { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } }),
    // What a panic writes there is in the error too.
    stderr: true,
    stdout: true,
  });
  worker.stderr.resume();
  worker.stdout.resume();
  worker.unref();
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<string>();
  /** Why nobody will answer any more. */
  let lost: WorkerLost | undefined;
  /**
   * Who waits and must hear of it. No promise that lives as long as the thread: each race against one leaves a reaction there that holds
   * the answer it won (10 to 30 kB of every picture, never given back).
   */
  const waiting = new Set<(why: WorkerLost) => void>();
  let pending: { readonly id: number; readonly resolve: (answer: Answer) => void } | undefined;
  let nextId = 1;
  let lastError = '';

  function lose(why: WorkerLost): void {
    lost ??= why;
    for (const tell of waiting) tell(lost);
  }

  const send = (message: ToThread<Question>, transfer: readonly Transferable[] = []): void =>
    worker.postMessage(message, transfer);
  const leave = enlistThread(name.replace(OWN_PREFIX, ''), worker);
  const unguard = native ? guardNativeThread({ activity, tellEnd: () => send({ type: 'end' }) }) : undefined;
  worker.on('message', (message: FromThread<Answer>) => {
    if (message.type === 'ready') ready.resolve();
    else if (message.id === pending?.id) pending.resolve(message.answer);
  });
  worker.on('error', (error: unknown) => {
    lastError = String(error);
  });
  worker.on('exit', (code) => {
    unguard?.();
    leave();
    const reason = lastError || `exit code ${code}`;
    lose(new WorkerLost('crash', reason));
    ended.resolve(reason);
  });

  /** The first of: the work, the loss of the thread, the end of the time. */
  async function within<T>(work: Promise<T>, limitMs: number, why: WorkerLost['why'], ask?: AskOptions): Promise<T> {
    if (lost) throw lost;
    const late = Promise.withResolvers<never>();
    waiting.add(late.reject);
    const timer = setTimeout(() => late.reject(new WorkerLost(why)), limitMs);
    let grace: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      grace = setTimeout(() => late.reject(new WorkerLost('cancelled')), ask?.graceMs ?? 0);
    };
    if (ask?.signal?.aborted) onAbort();
    ask?.signal?.addEventListener('abort', onAbort);
    try {
      return await Promise.race([work, late.promise]);
    } finally {
      waiting.delete(late.reject);
      ask?.signal?.removeEventListener('abort', onAbort);
      clearTimeout(timer);
      clearTimeout(grace);
    }
  }

  return {
    async ask(question, ask) {
      worker.ref();
      try {
        await within(ready.promise, START_LIMIT_MS, 'no-start');
        const answer = Promise.withResolvers<Answer>();
        pending = { id: nextId++, resolve: answer.resolve };
        send({ type: 'ask', id: pending.id, question }, ask.transfer);
        return await within(answer.promise, ask.limitMs, 'time-limit', ask);
      } finally {
        pending = undefined;
        worker.unref();
      }
    },
    tell: (question) => send({ type: 'tell', question }),
    async end() {
      worker.ref();
      if (native) send({ type: 'end' });
      else await worker.terminate();
      await ended.promise;
    },
    abandon() {
      lose(new WorkerLost('closed'));
      worker.unref();
    },
    ended: ended.promise,
  };
}

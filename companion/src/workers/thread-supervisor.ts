import { setTimeout as wait } from 'node:timers/promises';
import { createRestartPause } from './restart-pause.ts';
import { type AskOptions, type SupervisedThread, startThread, type ThreadOptions } from './supervised-thread.ts';
import { WorkerLost } from './worker-lost.ts';

export interface SupervisorOptions<Answer> extends ThreadOptions {
  /** A thread nobody asked for this long is ended, in milliseconds; absent: it stays. */
  readonly idleMs?: number;
  /** Longest pause between threads that die without an answer, in milliseconds. */
  readonly longestPauseMs?: number;
  /** Whether the thread has grown so large with this answer that the next question gets a fresh one. */
  readonly outgrown?: (answer: Answer) => boolean;
  /** Is told why a thread was lost. */
  readonly onLoss?: (reason: string) => void;
}

export interface ThreadTask<Question> extends AskOptions {
  readonly question: Question;
}

export interface ThreadSupervisor<Question, Answer> {
  /**
   * One question at a time, in the order they come.
   * @param task is called when its turn comes, so that what waits holds no memory; what it throws is thrown
   * @throws WorkerLost
   */
  ask(task: () => ThreadTask<Question>): Promise<Answer>;
  /** Says something to the thread that runs, if one does. */
  tell(question: Question): void;
  /** How often a thread had to be replaced. */
  restarts(): number;
  /** Ends the thread: a native one may finish what it does, for a while; after that it is left alone. */
  close(): Promise<void>;
}

const LONGEST_PAUSE_MS = 10_000;
/** A native run that is under way at the end is given this long; on a processor it takes less. Milliseconds. */
const END_WAIT_MS = 5_000;

/** Keeps one thread of a program: started with the first question, replaced after a loss, ended when idle. */
export function createThreadSupervisor<Question, Answer>(
  options: SupervisorOptions<Answer>,
): ThreadSupervisor<Question, Answer> {
  const { native, idleMs, longestPauseMs = LONGEST_PAUSE_MS, outgrown, onLoss } = options;
  const closing = new AbortController();
  const pause = createRestartPause(longestPauseMs);
  let current: SupervisedThread<Question, Answer> | undefined;
  let idle: NodeJS.Timeout | undefined;
  let restarts = 0;
  let tail: Promise<unknown> = Promise.resolve();

  function start(): SupervisedThread<Question, Answer> {
    const thread = startThread<Question, Answer>(options);
    void thread.ended.then((reason) => lose(thread, new WorkerLost('crash', reason)));
    return thread;
  }

  function lose(thread: SupervisedThread<Question, Answer>, { why, message }: WorkerLost): void {
    if (current !== thread) return;
    current = undefined;
    if (closing.signal.aborted || why === 'cancelled') return;
    restarts++;
    pause.lost();
    onLoss?.(message);
  }

  async function retire(): Promise<void> {
    const old = current;
    current = undefined;
    await old?.end();
  }

  function rest(): void {
    if (idleMs !== undefined && !closing.signal.aborted) idle = setTimeout(() => void retire(), idleMs).unref();
  }

  function refuseWhenClosed(): void {
    if (closing.signal.aborted) throw new WorkerLost('closed');
  }

  async function askInTurn(task: () => ThreadTask<Question>): Promise<Answer> {
    refuseWhenClosed();
    const { question, ...limits } = task();
    clearTimeout(idle);
    if (!current) await pause.wait(closing.signal);
    refuseWhenClosed();
    current ??= start();
    const thread = current;
    try {
      const answer = await thread.ask(question, limits);
      pause.answered();
      if (outgrown?.(answer)) await retire();
      return answer;
    } catch (error) {
      if (!(error instanceof WorkerLost)) throw error;
      lose(thread, error);
      const over = thread.end();
      // A native thread that is stuck may never end.
      if (native) thread.abandon();
      else await over;
      throw closing.signal.aborted ? new WorkerLost('closed') : error;
    } finally {
      rest();
    }
  }

  return {
    ask(task) {
      const turn = tail.then(() => askInTurn(task));
      tail = turn.catch(() => undefined);
      return turn;
    },
    tell: (question) => current?.tell(question),
    restarts: () => restarts,
    async close() {
      closing.abort();
      clearTimeout(idle);
      const last = current;
      current = undefined;
      if (!last) return;
      const waited = new AbortController();
      await Promise.race([last.end(), wait(END_WAIT_MS, undefined, { signal: waited.signal })]);
      waited.abort();
      last.abandon();
    },
  };
}

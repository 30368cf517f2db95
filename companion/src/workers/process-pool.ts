import type { FramedMessage } from './framed-messages.ts';
import { createRestartPause } from './restart-pause.ts';
import { type ProgramOptions, type SupervisedProcess, startProcess, type TaskLimits } from './supervised-process.ts';
import { WorkerLost } from './worker-lost.ts';

export interface PoolOptions extends ProgramOptions {
  /** Processes that are started as soon as there is work for them. */
  readonly processes: number;
  /** And so many more, once something has waited for PATIENCE_MS behind slow work. */
  readonly extraProcesses: number;
  /** Resident memory of one process, in bytes. */
  readonly memoryLimit: number;
  /** Of all together, in bytes: the one that holds most is ended. */
  readonly totalMemoryLimit: number;
  /** An unused process that holds more than this is ended at once. Bytes. */
  readonly restingMemory: number;
  /** An unused process is ended after this time; the last one later. Milliseconds. */
  readonly idleMs: number;
  readonly lastIdleMs: number;
}

export interface Question {
  readonly head: object;
  readonly payload?: Uint8Array | undefined;
  readonly limits: TaskLimits;
  /** Lower goes first; of the same rank the one that came first. */
  readonly rank: number;
  /** The process that knows what the question is about; absent: any. */
  readonly seat?: Seat | undefined;
  /** In a process of its own, which ends afterwards. */
  readonly dedicated?: boolean | undefined;
  /** The answer leaves something with the process: its seat is held, and whoever asked lets it go. */
  readonly keep?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A process, as whoever left something with it knows it. */
export interface Seat {
  alive(): boolean;
  tell(head: object): void;
  /** Ends one `keep`: the process may end once nobody has left anything with it. */
  letGo(): void;
}

export interface ProcessPool {
  /** @throws WorkerLost */
  ask(question: Question): Promise<FramedMessage & { readonly seat: Seat }>;
  /** Starts a process ahead of its first question. */
  warm(): void;
  /** Processes that run now. */
  running(): number;
  /** Ends all, whatever they do. */
  close(): Promise<void>;
}

/** How often the memory and the processor time of working processes are looked at. Milliseconds. */
const INSPECT_EVERY_MS = 200;
/** A question that waited this long behind slow ones gets a further process. Milliseconds. */
const PATIENCE_MS = 500;
/** Between processes that never get ready: a broken installation must not keep the processor busy. Milliseconds. */
const LONGEST_PAUSE_MS = 10_000;

interface Member {
  readonly process: SupervisedProcess;
  readonly seat: Seat;
  readonly dedicated: boolean;
  started: boolean;
  busy: boolean;
  held: number;
  memory: number;
  idle: NodeJS.Timeout | undefined;
}

interface Waiting extends Question {
  readonly start: (member: Member) => void;
  readonly fail: (error: WorkerLost) => void;
}

/** Keeps a few processes of one program: started with the work, each asked one thing at a time, watched, and ended when idle. */
export function createProcessPool(options: PoolOptions): ProcessPool {
  const members = new Set<Member>();
  const waiting: Waiting[] = [];
  const closing = new AbortController();
  const pause = createRestartPause(LONGEST_PAUSE_MS);
  /** No process is started now: the last ones never got ready. Those lost over a file count for nothing. */
  let pausing = false;
  let closed = false;
  let inspector: NodeJS.Timeout | undefined;
  let patience: NodeJS.Timeout | undefined;
  /** Processes allowed now; grows with what waits, and shrinks when they end. */
  let allowed = options.processes;

  function start(dedicated: boolean): Member {
    const process = startProcess(options);
    const seat: Seat = {
      alive: process.alive,
      tell: process.tell,
      letGo: () => {
        member.held--;
        rest(member);
      },
    };
    const member: Member = {
      process,
      seat,
      dedicated,
      started: false,
      busy: false,
      held: 0,
      memory: 0,
      idle: undefined,
    };
    members.add(member);
    process.ready
      .then(() => {
        member.started = true;
        pause.answered();
        dispatch();
      })
      .catch((error: unknown) => {
        if (error instanceof WorkerLost && error.why === 'no-start') void pauseStarts();
      });
    void process.ended.then(() => {
      members.delete(member);
      clearTimeout(member.idle);
      allowed = Math.max(options.processes, Math.min(allowed, members.size));
      dispatch();
    });
    return member;
  }

  async function pauseStarts(): Promise<void> {
    pause.lost();
    pausing = true;
    await pause.wait(closing.signal);
    pausing = false;
    dispatch();
  }

  function memberFor(question: Waiting): Member | undefined {
    const usable = [...members].filter(({ process, dedicated }) => process.alive() && !dedicated);
    if (question.seat) return usable.find(({ seat, busy }) => seat === question.seat && !busy);
    if (question.dedicated) return !pausing && members.size < allowed + 1 ? start(true) : undefined;
    const free = usable.filter(({ busy }) => !busy).toSorted((a, b) => a.held - b.held)[0];
    return free ?? (!pausing && usable.length < allowed ? start(false) : undefined);
  }

  function dispatch(): void {
    if (closed) return;
    // Who has left something with a process goes first: what it left holds memory.
    waiting.sort((a, b) => Number(!a.seat) - Number(!b.seat) || a.rank - b.rank);
    for (const question of [...waiting]) {
      if (question.seat && !question.seat.alive()) {
        waiting.splice(waiting.indexOf(question), 1);
        question.fail(new WorkerLost('gone'));
        continue;
      }
      const member = memberFor(question);
      if (!member) continue;
      waiting.splice(waiting.indexOf(question), 1);
      member.busy = true;
      clearTimeout(member.idle);
      question.start(member);
    }
    clearTimeout(patience);
    const started = [...members].every((member) => member.started);
    if (started && waiting.some(({ seat }) => !seat) && allowed < options.processes + options.extraProcesses) {
      patience = setTimeout(() => {
        allowed++;
        dispatch();
      }, PATIENCE_MS);
    }
    inspector ??= setInterval(() => void inspect(), INSPECT_EVERY_MS).unref();
  }

  async function inspect(): Promise<void> {
    const all = [...members];
    await Promise.all(
      all.map(async (member) => {
        const usage = await member.process.inspect(options.memoryLimit);
        member.memory = usage?.memory ?? 0;
      }),
    );
    const largest = all.filter(({ process }) => process.alive()).toSorted((a, b) => b.memory - a.memory)[0];
    if (all.reduce((sum, { memory }) => sum + memory, 0) > options.totalMemoryLimit) {
      largest?.process.kill('memory-limit');
    }
    if (!all.some(({ busy }) => busy)) {
      clearInterval(inspector);
      inspector = undefined;
      for (const member of all) if (isUnused(member) && member.memory > options.restingMemory) end(member);
    }
  }

  const isUnused = ({ busy, held }: Member): boolean => !busy && held === 0;

  function end(member: Member): void {
    member.process.kill('gone');
  }

  function rest(member: Member): void {
    clearTimeout(member.idle);
    if (!isUnused(member)) return;
    if (member.dedicated) {
      end(member);
      return;
    }
    const leave = (): void => {
      if (isUnused(member)) end(member);
    };
    member.idle = setTimeout(() => {
      if (members.size > 1) leave();
      else member.idle = setTimeout(leave, options.lastIdleMs - options.idleMs).unref();
    }, options.idleMs).unref();
  }

  async function memberOf(question: Question): Promise<Member> {
    const { signal } = question;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        waiting.splice(waiting.indexOf(entry), 1);
        reject(new WorkerLost('cancelled'));
      };
      const done = (): void => signal?.removeEventListener('abort', leave);
      const entry: Waiting = {
        ...question,
        start: (member) => {
          done();
          resolve(member);
        },
        fail: (error) => {
          done();
          reject(error);
        },
      };
      signal?.addEventListener('abort', leave, { once: true });
      waiting.push(entry);
      dispatch();
    });
  }

  return {
    async ask(question) {
      if (closed) throw new WorkerLost('closed');
      if (question.signal?.aborted) throw new WorkerLost('cancelled');
      const member = await memberOf(question);
      try {
        const { head, payload, limits, signal } = question;
        const answer = await member.process.ask(head, payload ?? new Uint8Array(0), limits, signal);
        if (question.keep) member.held++;
        return { ...answer, seat: member.seat };
      } catch (error) {
        throw closed ? new WorkerLost('closed') : error;
      } finally {
        member.busy = false;
        rest(member);
        dispatch();
      }
    },
    warm() {
      if (!closed && members.size === 0) rest(start(false));
    },
    running: () => members.size,
    async close() {
      closed = true;
      closing.abort();
      clearInterval(inspector);
      clearTimeout(patience);
      for (const { fail } of waiting.splice(0)) fail(new WorkerLost('closed'));
      const all = [...members];
      for (const { process } of all) process.kill('closed');
      await Promise.all(all.map(({ process }) => process.ended));
    },
  };
}

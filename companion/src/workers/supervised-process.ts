import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { bareEnvironment, bareOptions } from './bare-program.ts';
import { type FramedMessage, type MessageLimits, readMessages, writeMessage } from './framed-messages.ts';
import { DECODER_GLIBC_TUNABLES, GLIBC_TUNABLES } from './node-settings.mjs';
import { type OwnRoom, openRoom, WITH_ROOM } from './payload-room.ts';
import { type ProcessUsage, usageOf } from './process-usage.ts';
import { enlistProcess } from './running.ts';
import { WorkerLost } from './worker-lost.ts';

export interface ProgramOptions {
  /** What it does, in a word of the code: its processor time and memory are told under it. */
  readonly kind: string;
  readonly program: URL;
  /** JavaScript heap, in megabytes. */
  readonly heapMegabytes: number;
  /** Threads of the pool that native work runs in. */
  readonly threads: number;
  /** Of its answers. */
  readonly limits: MessageLimits;
}

/** What one question may take. */
export interface TaskLimits {
  /** Time on processors, where the system says: a busy computer costs nobody its answer. Milliseconds. */
  readonly cpuMs: number;
  /** By the clock, for a process that sleeps or a system that does not count. Milliseconds. */
  readonly wallMs: number;
}

export interface SupervisedProcess {
  /** One at a time. @throws WorkerLost */
  ask(head: object, payload: Uint8Array, limits: TaskLimits, signal?: AbortSignal): Promise<FramedMessage>;
  /** Says something that has no answer. */
  tell(head: object): void;
  /** Looks at what it has used, and ends it where a limit is passed. */
  inspect(memoryLimit: number): Promise<ProcessUsage | undefined>;
  alive(): boolean;
  /** Resolves when it has started; rejects with WorkerLost when it never does. */
  readonly ready: Promise<void>;
  kill(why: WorkerLost['why']): void;
  /** Resolves when it is no more. */
  readonly ended: Promise<void>;
}

/** First message of every program. */
const Ready = v.object({ type: v.literal('ready') });
/** Sent while at work where the system does not say what a process has used. */
const Usage = v.object({ type: v.literal('usage'), memory: v.number(), cpuMs: v.number() });
/** Loading takes a third of a second; on a computer that is busy with much else, far longer. Milliseconds. */
const START_LIMIT_MS = 60_000;
/** Nobody waits for a cancelled answer any more; one that comes within this time spares a new start. Milliseconds. */
const CANCELLED_GRACE_MS = 1_000;
/** Standard input, output and errors are 0 to 2; ROOM_FD follows. */
const OUTPUT = 3;

interface Task {
  readonly resolve: (answer: FramedMessage) => void;
  readonly reject: (error: WorkerLost) => void;
  readonly limits: TaskLimits;
  /** Of the process when the task began; undefined until it was looked at. */
  cpuAtStart: number | undefined;
}

/** Starts a program of this project that answers questions about hostile bytes, and ends it when it passes its limits. */
export function startProcess({ kind, program, heapMegabytes, threads, limits }: ProgramOptions): SupervisedProcess {
  const room = openRoom();
  const child = spawned(room, () => {
    const args = [...bareOptions(heapMegabytes), fileURLToPath(program), ...(room ? [WITH_ROOM] : [])];
    return spawn(process.execPath, args, {
      stdio: ['pipe', 'ignore', 'ignore', 'pipe', ...(room ? [room.fd] : [])],
      // Fewer arenas of the C library's allocator: freed pixels go back to the system.
      env: bareEnvironment({ UV_THREADPOOL_SIZE: String(threads), MALLOC_ARENA_MAX: '2', ...allocatorSettings() }),
      windowsHide: true,
    });
  });
  const leave = enlistProcess(kind, child.pid);
  const ended = Promise.withResolvers<void>();
  const ready = Promise.withResolvers<void>();
  ready.promise.catch(() => undefined);
  let state: 'starting' | 'alive' | 'dead' = 'starting';
  let killed: WorkerLost['why'] | undefined;
  let task: Task | undefined;
  let told: ProcessUsage | undefined;

  function lost(detail: string): void {
    if (state === 'dead') return;
    const why = killed ?? (state === 'starting' ? 'no-start' : 'crash');
    state = 'dead';
    room?.close();
    leave();
    clearTimeout(startTimer);
    const error = new WorkerLost(why, detail);
    ready.reject(error);
    task?.reject(error);
    task = undefined;
    ended.resolve();
  }

  function kill(why: WorkerLost['why']): void {
    killed ??= why;
    // Whoever waits for its end waits, even with nothing else to do.
    hold(child, true);
    child.kill('SIGKILL');
  }

  async function listen(): Promise<void> {
    for await (const message of readMessages(child.stdio[OUTPUT] as Readable, { ...limits, room })) {
      if (state === 'starting') {
        v.parse(Ready, message.head);
        clearTimeout(startTimer);
        state = 'alive';
        ready.resolve();
      } else if (v.is(Usage, message.head)) told = message.head;
      else if (task) {
        const { resolve } = task;
        task = undefined;
        resolve(message);
      } else throw new Error('an answer that nobody asked for');
    }
  }

  const startTimer = setTimeout(() => kill('no-start'), START_LIMIT_MS);
  child.stdin?.on('error', () => undefined);
  child.on('error', (error) => lost(String(error)));
  child.on('exit', (code, signalName) => lost(`ended by ${signalName ?? `exit code ${code}`}`));
  listen().catch(() => kill('crash'));
  hold(child, false);

  function send(head: object, payload: Uint8Array): void {
    writeMessage(child.stdin, head, payload, room);
  }

  return {
    async ask(head, payload, taskLimits, signal) {
      if (state === 'dead' || killed) throw new WorkerLost('gone');
      hold(child, true);
      let grace: NodeJS.Timeout | undefined;
      let wall: NodeJS.Timeout | undefined;
      const onAbort = (): void => {
        grace = setTimeout(() => kill('cancelled'), CANCELLED_GRACE_MS);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        await ready.promise;
        if (signal?.aborted) throw new WorkerLost('cancelled');
        wall = setTimeout(() => kill('time-limit'), taskLimits.wallMs);
        return await new Promise<FramedMessage>((resolve, reject) => {
          task = { resolve, reject, limits: taskLimits, cpuAtStart: undefined };
          send(head, payload);
        });
      } finally {
        signal?.removeEventListener('abort', onAbort);
        clearTimeout(wall);
        clearTimeout(grace);
        hold(child, false);
      }
    },
    tell(head) {
      if (state !== 'dead') send(head, new Uint8Array(0));
    },
    async inspect(memoryLimit) {
      if (child.pid === undefined || state === 'dead') return undefined;
      const seen = (await usageOf(child.pid)) ?? told;
      if (!seen) return undefined;
      const usage = { ...seen, memory: seen.memory + (room?.bytes() ?? 0) };
      if (task) {
        task.cpuAtStart ??= usage.cpuMs;
        if (usage.cpuMs - task.cpuAtStart > task.limits.cpuMs) kill('time-limit');
      }
      if (usage.memory > memoryLimit) kill('memory-limit');
      return usage;
    },
    alive: () => state !== 'dead' && !killed,
    kill,
    ready: ready.promise,
    ended: ended.promise,
  };
}

/** What the companion was started with about its memory is another for decoders, unless it is a person's own choice. */
function allocatorSettings(): Readonly<Record<string, string>> {
  return process.env.GLIBC_TUNABLES === GLIBC_TUNABLES ? { GLIBC_TUNABLES: DECODER_GLIBC_TUNABLES } : {};
}

/** Whatever keeps the process from starting, its room is closed. */
function spawned(room: OwnRoom | undefined, start: () => ChildProcess): ChildProcess {
  try {
    return start();
  } catch (error) {
    room?.close();
    throw error;
  }
}

/** A process that works keeps this one from ending, one that waits does not. */
function hold(child: ChildProcess, working: boolean): void {
  const parts: unknown[] = [child, ...child.stdio];
  for (const part of parts) {
    const handle = part as { ref?: () => void; unref?: () => void } | null;
    if (working) handle?.ref?.();
    else handle?.unref?.();
  }
}

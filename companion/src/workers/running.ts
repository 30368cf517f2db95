import type { Worker } from 'node:worker_threads';
import { type ProcessUsage, usageOf } from './process-usage.ts';

/** What the programs and threads of one kind use together. */
export interface UsageOfKind {
  /** How many run. */
  readonly running: number;
  /** Resident bytes; undefined for threads, which share those of the process, and where the system does not say. */
  readonly memory: number | undefined;
  /** Milliseconds on processors, with those of programs that have ended; what a program used after the last look is not in it. */
  readonly cpuMs: number;
}

interface Running {
  readonly kind: string;
  /** Starts a look at it; a thread that is in native code answers when it comes out of it. */
  readonly look: () => Promise<Partial<ProcessUsage> | undefined>;
  /** Whether the look is over at once. */
  readonly quick: boolean;
  last: Partial<ProcessUsage>;
  looking: Promise<void> | undefined;
}

const running = new Set<Running>();
const endedMs = new Map<string, number>();

function enlist(entry: Running): () => void {
  running.add(entry);
  return () => {
    if (!running.delete(entry)) return;
    endedMs.set(entry.kind, (endedMs.get(entry.kind) ?? 0) + (entry.last.cpuMs ?? 0));
  };
}

/** Counts a program that this process started under its kind. @returns to be called when it has ended */
export function enlistProcess(kind: string, pid: number | undefined): () => void {
  const look = async () => (pid === undefined ? undefined : usageOf(pid));
  return enlist({ kind, look, quick: true, last: {}, looking: undefined });
}

/** As `enlistProcess`, for a thread. */
export function enlistThread(kind: string, worker: Pick<Worker, 'cpuUsage'>): () => void {
  const look = async () => {
    const { user, system } = await worker.cpuUsage();
    return { cpuMs: (user + system) / 1000 };
  };
  return enlist({ kind, look, quick: false, last: {}, looking: undefined });
}

async function lookAt(entry: Running): Promise<void> {
  entry.looking ??= entry
    .look()
    .then((usage) => {
      entry.last = usage ?? entry.last;
    })
    .catch(() => undefined)
    .finally(() => {
      entry.looking = undefined;
    });
  // Whoever asks waits for no graph: of a busy thread the numbers of the look before are told.
  if (entry.quick) await entry.looking;
}

/** What everything that this process started uses now, by its kind; kinds whose last program has ended stay. */
export async function usageByKind(): Promise<ReadonlyMap<string, UsageOfKind>> {
  await Promise.all([...running].map(lookAt));
  const kinds = new Set([...endedMs.keys(), ...[...running].map(({ kind }) => kind)]);
  return new Map(
    [...kinds].map((kind) => {
      const own = [...running].filter((entry) => entry.kind === kind);
      const known = own.flatMap(({ last }) => (last.memory === undefined ? [] : [last.memory]));
      const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
      return [
        kind,
        {
          running: own.length,
          memory: own.length === 0 || known.length > 0 ? sum(known) : undefined,
          cpuMs: (endedMs.get(kind) ?? 0) + sum(own.map(({ last }) => last.cpuMs ?? 0)),
        },
      ];
    }),
  );
}

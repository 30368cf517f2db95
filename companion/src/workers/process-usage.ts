import { readFile } from 'node:fs/promises';

/** What a process has used. */
export interface ProcessUsage {
  /** Resident memory, in bytes. */
  readonly memory: number;
  /** Time on processors since its start, in milliseconds. */
  readonly cpuMs: number;
}

/** Linux counts in these units wherever Node runs: 4 kB pages on x64 (larger ones only make the limit stricter), 10 ms ticks. */
const PAGE_BYTES = 4096;
const TICK_MS = 10;
/** Fields of /proc/PID/stat behind the name in brackets, counted from 0: utime, stime, rss. */
const [USER, SYSTEM, RESIDENT] = [11, 12, 21];

/** @returns undefined where the system does not say: the process has ended, or it is not Linux */
export async function usageOf(pid: number): Promise<ProcessUsage | undefined> {
  if (process.platform !== 'linux') return undefined;
  const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined);
  // A name may hold brackets and spaces.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  if (!fields) return undefined;
  const field = (index: number): number => Number(fields[index] ?? 0);
  return { memory: field(RESIDENT) * PAGE_BYTES, cpuMs: (field(USER) + field(SYSTEM)) * TICK_MS };
}

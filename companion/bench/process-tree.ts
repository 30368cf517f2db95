import { readdir, readFile } from 'node:fs/promises';
import { type ProcessUsage, usageOf } from '../src/workers/process-usage.ts';

/** The parent of a process behind its name in /proc/PID/stat (proc_pid_stat(5)), counted from 0. */
const PARENT = 1;
/** Processor time of children that have ended and were waited for, as user and system. */
const ENDED = [13, 14] as const;
const TICK_MS = 10;

async function parentOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[PARENT] ?? Number.NaN);
}

/**
 * What a process and everything that it started has used, together.
 * @returns undefined where the system does not say (it is not Linux)
 */
export async function usageOfTree(root: number): Promise<ProcessUsage | undefined> {
  if (process.platform !== 'linux') return undefined;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map(await Promise.all(pids.map(async (pid) => [pid, await parentOf(pid)] as const)));
  const family = new Set([root]);
  // Each round finds the children of those that were found before.
  for (let before = 0; before < family.size; ) {
    before = family.size;
    for (const [pid, parent] of parents) if (family.has(parent)) family.add(pid);
  }
  const usages = await Promise.all([...family].map(usageOf));
  const known = usages.filter((usage) => usage !== undefined);
  const sum = (part: keyof ProcessUsage): number => known.reduce((total, usage) => total + usage[part], 0);
  return { memory: sum('memory'), cpuMs: sum('cpuMs') };
}

/**
 * Processor time of this process and of everything that it ever started, in milliseconds.
 * @returns undefined where the system does not say (it is not Linux)
 */
export async function ownCpuMs(): Promise<number | undefined> {
  const living = await usageOfTree(process.pid);
  if (!living) return undefined;
  const text = await readFile('/proc/self/stat', 'latin1');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return living.cpuMs + ENDED.reduce((sum, field) => sum + Number(fields[field] ?? 0), 0) * TICK_MS;
}

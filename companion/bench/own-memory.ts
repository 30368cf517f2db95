import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Daemon } from './daemon-process.ts';

/** Between two readings that must agree before a companion is taken to rest, and by how much they may differ. */
const [BETWEEN_MS, AGREE_MB] = [3_000, 1];

/** Memory that nobody shares, in MB (10^6 bytes). Linux only. */
export async function ownMegabytes({ pid }: Pick<Daemon, 'pid'>): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return (Number(/^RssAnon:\s+(\d+)/m.exec(status)?.[1]) * 1024) / 1e6;
}

/** The same once it no longer changes, however long a busy computer takes to come to rest. */
export async function settledMegabytes(daemon: Pick<Daemon, 'pid'>): Promise<number> {
  for (let before = Number.POSITIVE_INFINITY; ; ) {
    const now = await ownMegabytes(daemon);
    if (Math.abs(now - before) < AGREE_MB) return now;
    before = now;
    await wait(BETWEEN_MS);
  }
}

import { expect, it, onTestFinished } from 'vitest';
import { createProcessPool } from './process-pool.ts';

const MEGABYTE = 1024 * 1024;

it('a program that never gets ready is started again only after a pause, which a close ends', async () => {
  const pool = createProcessPool({
    kind: 'missing',
    program: new URL('./fixtures/no-such-program.ts', import.meta.url),
    heapMegabytes: 64,
    threads: 1,
    limits: { headBytes: 1_000, payloadBytes: 1_000 },
    processes: 1,
    extraProcesses: 0,
    memoryLimit: 500 * MEGABYTE,
    totalMemoryLimit: 500 * MEGABYTE,
    restingMemory: 500 * MEGABYTE,
    idleMs: 1_000,
    lastIdleMs: 1_000,
  });
  onTestFinished(() => pool.close());
  const ask = () => pool.ask({ head: {}, limits: { cpuMs: 60_000, wallMs: 60_000 }, rank: 0 });
  for (let times = 0; times < 6; times++) await expect(ask()).rejects.toMatchObject({ why: 'no-start' });
  const waiting = expect(ask()).rejects.toMatchObject({ why: 'closed' });
  expect(pool.running()).toBe(0);
  await pool.close();
  await waiting;
});

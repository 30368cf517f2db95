import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished, vi } from 'vitest';
import { enlistProcess, enlistThread, usageByKind } from './running.ts';

/** A program that takes this much processor time, however busy the computer is. */
const WORKS = 'let x = 0; while (process.cpuUsage().user < 250_000) x++;';

/** In a thread, whose process has used more already; it stays busy for longer than it is looked at. */
const BUSY = 'let x = 0; while (process.threadCpuUsage().user < 1_000_000) x++;';

it.skipIf(process.platform !== 'linux')(
  'tells what a program uses, and keeps its processor time when it has ended',
  async () => {
    const child = spawn(process.execPath, ['-e', `${WORKS} process.stdout.write("done"); setInterval(() => {}, 1000)`]);
    const leave = enlistProcess('test-program', child.pid);
    await once(child.stdout, 'data');
    const used = (await usageByKind()).get('test-program');
    expect(used?.running).toBe(1);
    expect(used?.memory).toBeGreaterThan(10_000_000);
    expect(used?.cpuMs).toBeGreaterThan(100);
    child.kill();
    await once(child, 'exit');
    leave();
    leave();
    expect((await usageByKind()).get('test-program')).toEqual({ running: 0, memory: 0, cpuMs: used?.cpuMs });
  },
);

it('waits for no thread: one that is busy is told as it was looked at last', async () => {
  const worker = new Worker(`require('node:worker_threads').parentPort.on('message', () => { ${BUSY} })`, {
    eval: true,
  });
  onTestFinished(() => void worker.terminate());
  await once(worker, 'online');
  onTestFinished(enlistThread('test-thread', worker));
  worker.postMessage('work');
  await usageByKind();
  await vi.waitFor(async () => expect((await usageByKind()).get('test-thread')?.cpuMs).toBeGreaterThan(100), 300_000);
  expect((await usageByKind()).get('test-thread')).toMatchObject({ running: 1, memory: undefined });
});

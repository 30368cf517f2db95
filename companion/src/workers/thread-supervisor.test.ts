import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BlockingQuestion } from './fixtures/blocking-worker.ts';
import { createThreadSupervisor, type SupervisorOptions } from './thread-supervisor.ts';

const LONG_MS = 300_000;
const DIE = -1;

function supervised(options: Partial<SupervisorOptions<number>> = {}) {
  const [over, gate] = [new Int32Array(new SharedArrayBuffer(4)), new Int32Array(new SharedArrayBuffer(4))];
  const script = new URL('./fixtures/blocking-worker.ts', import.meta.url);
  const losses: string[] = [];
  const thread = createThreadSupervisor<BlockingQuestion, number>({
    script,
    name: 'blocking',
    native: true,
    onLoss: (reason) => losses.push(reason),
    ...options,
  });
  onTestFinished(() => thread.close());
  const ask = (ms: number, limitMs = LONG_MS, signal?: AbortSignal): Promise<number> =>
    thread.ask(() => ({ question: { ms, over }, limitMs, signal }));
  /** Work that blocks its thread until the gate opens. */
  const askBehindGate = (limitMs: number): Promise<number> =>
    thread.ask(() => ({ question: { ms: LONG_MS, over, gate }, limitMs }));
  const openGate = (): void => {
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
  };
  return { thread, ask, askBehindGate, openGate, losses, worksOver: () => Atomics.load(over, 0) };
}

describe('a supervised thread', () => {
  it('that runs native code finishes it before it is ended', async () => {
    const { thread, ask, worksOver } = supervised();
    await ask(0);
    const running = ask(500);
    const waiting = expect(ask(0)).rejects.toMatchObject({ why: 'closed' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await thread.close();
    expect(worksOver()).toBe(2);
    expect(await running).toBeGreaterThan(0);
    await waiting;
  });

  it('that is stuck in native code is replaced, and not ended before it is out of it', async () => {
    const { thread, ask, askBehindGate, openGate, losses, worksOver } = supervised();
    await ask(0);
    await expect(askBehindGate(50)).rejects.toMatchObject({ why: 'time-limit' });
    expect(await ask(0)).toBeGreaterThan(0);
    expect(worksOver()).toBe(2);
    openGate();
    await expect.poll(worksOver, { timeout: 300_000 }).toBe(3);
    expect(thread.restarts()).toBe(1);
    expect(losses).toEqual(['time-limit']);
  });

  it('leaves nothing of its answers behind while it lives', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const script = new URL('./fixtures/large-answers.ts', import.meta.url);
    const thread = createThreadSupervisor<number, Uint8Array>({ script, name: 'large-answers', native: false });
    onTestFinished(() => thread.close());
    const ANSWERS = 50;
    const BYTES = 1e6;
    const ask = (): Promise<Uint8Array> => thread.ask(() => ({ question: BYTES, limitMs: LONG_MS }));
    await ask();
    collect();
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < ANSWERS; i++) expect((await ask()).byteLength).toBe(BYTES);
    const left = (): number => {
      collect();
      return process.memoryUsage().arrayBuffers - before;
    };
    // What a collection found is given back by threads of its own, a moment later.
    await expect.poll(left).toBeLessThan((ANSWERS * BYTES) / 10);
  });

  it('that runs only JavaScript is ended wherever it is', async () => {
    const { thread, ask, worksOver } = supervised({ native: false });
    await ask(0);
    const running = expect(ask(LONG_MS)).rejects.toMatchObject({ why: 'closed' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await thread.close();
    await running;
    expect(worksOver()).toBe(1);
  });

  it('that dies is told with its reason, and replaced', async () => {
    const { thread, ask, losses } = supervised({ longestPauseMs: 1 });
    for (let times = 0; times < 4; times++) await expect(ask(DIE)).rejects.toMatchObject({ why: 'crash' });
    expect(await ask(0)).toBeGreaterThan(0);
    expect(thread.restarts()).toBe(4);
    expect(losses[0]).toContain('asked to die');
  });

  it('whose question nobody waits for any more gives way, which is no loss', async () => {
    const { thread, ask } = supervised({ native: false });
    await ask(0);
    await expect(ask(LONG_MS, LONG_MS, AbortSignal.timeout(50))).rejects.toMatchObject({ why: 'cancelled' });
    expect(await ask(0)).toBeGreaterThan(0);
    expect(thread.restarts()).toBe(0);
  });

  it('is ended when idle, and started again with the next question', async () => {
    const { thread, ask } = supervised({ idleMs: 1 });
    const first = await ask(0);
    await expect.poll(() => ask(0), { interval: 100 }).not.toBe(first);
    expect(thread.restarts()).toBe(0);
  });
});

describe('a process that ends while its thread is in native code', () => {
  const PROGRAM = fileURLToPath(new URL('./fixtures/exit-at-work.ts', import.meta.url));

  async function ending(ms: number) {
    const args = ['--disable-warning=ExperimentalWarning', PROGRAM, String(ms), '3'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const [code, signal] = await once(child, 'close');
    return { code, signal, said };
  }

  it('waits for it', async () => {
    expect(await ending(1_500)).toEqual({ code: 3, signal: null, said: 'over\n' });
  });

  it('is killed when it takes too long, and never aborts', async () => {
    expect(await ending(3_600_000)).toEqual({ code: null, signal: 'SIGKILL', said: '' });
  });
});

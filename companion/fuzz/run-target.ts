import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { FuzzOrder, FuzzReport } from './protocol.ts';

/** An input that takes longer hangs: the slowest honest one, starting a gateway and its model, takes 5 s on busy cores. */
const HANG_MS = 60_000;
/** Heap of the process in MB. What grows with the number of inputs runs into it and ends as a finding. */
const HEAP_MB = 512;
/** Time to end by itself after `stop`, for the targets that have servers to close. */
const END_MS = 30_000;

export interface TargetResult {
  readonly target: string;
  readonly inputs: number;
  /** Largest resident size of the process. */
  readonly peakMegabytes: number;
  /** What went wrong, with the number of the input that makes it happen again. */
  readonly findings: readonly { readonly input: number; readonly error: string }[];
}

export interface TargetLimits {
  /** Stops after this many milliseconds, between two inputs. */
  readonly budgetMs?: number;
  /** @default join(import.meta.dirname, 'run-target-child.ts') */
  readonly script?: string;
  readonly hangMs?: number;
}

/** Tries one target in a process of its own; one that hangs is killed, and is a finding like one that crashes. */
export function runTarget(order: FuzzOrder, limits: TargetLimits = {}): Promise<TargetResult> {
  const script = limits.script ?? join(import.meta.dirname, 'run-target-child.ts');
  const child: ChildProcess = fork(script, [], {
    execArgv: ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${HEAP_MB}`],
    env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const findings: { input: number; error: string }[] = [];
  let current = order.from;
  let ended: Extract<FuzzReport, { type: 'ended' }> | undefined;
  let hung = false;
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-4000);
  });
  const hang = (): void => {
    hung = true;
    child.kill('SIGKILL');
  };
  // The start of the process is no input's fault.
  let watchdog = setTimeout(hang, HANG_MS);
  const budget =
    limits.budgetMs === undefined
      ? undefined
      : setTimeout(() => child.connected && child.send('stop'), limits.budgetMs);
  child.on('message', (report: FuzzReport) => {
    clearTimeout(watchdog);
    watchdog = setTimeout(hang, limits.hangMs ?? HANG_MS);
    if (report.type === 'begins') current = report.input;
    else if (report.type === 'finding') findings.push({ input: report.input, error: report.error });
    else ended = report;
  });
  child.send(order);
  // A busy parent hears of the end before it has read the last messages: `disconnect` comes after all of them.
  const disconnected = new Promise<void>((resolve) => child.once('disconnect', () => resolve()));
  const exited = new Promise<string>((resolve) =>
    child.once('exit', (code, signal) => resolve(String(signal ?? code))),
  );
  return new Promise((resolve) => {
    void Promise.all([exited, disconnected]).then(([end]) => {
      clearTimeout(watchdog);
      clearTimeout(budget);
      if (hung) findings.push({ input: current, error: `no end within ${limits.hangMs ?? HANG_MS} ms` });
      else if (!ended) findings.push({ input: current, error: `the process ended (${end}): ${stderr}` });
      resolve({
        target: order.target,
        inputs: ended?.inputs ?? current - order.from + 1,
        peakMegabytes: ended?.peakMegabytes ?? 0,
        findings,
      });
    });
    // What does not end after its work keeps something open: that is the target's fault, and it is told.
    child.once('disconnect', () => {
      const late = setTimeout(() => child.kill('SIGKILL'), END_MS);
      child.once('exit', () => clearTimeout(late));
    });
  });
}

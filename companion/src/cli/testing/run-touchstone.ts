import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Data folder. */
  readonly home: string;
  readonly input?: Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  /** Called once the program runs, to send it signals or to close its output. */
  readonly onChild?: (child: ChildProcess) => void;
}

/** Runs the real command line as a program of its own and waits for its end. */
export async function runTouchstone(args: readonly string[], options: RunOptions): Promise<Run> {
  // Vitest forces colours, which would outweigh NO_COLOR.
  const { FORCE_COLOR: _, ...environment } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    env: {
      ...environment,
      TOUCHSTONE_HOME: options.home,
      TOUCHSTONE_NO_OPEN: '1',
      NO_COLOR: '1',
      ...options.environment,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // A program that ends without reading its input closes the pipe.
  child.stdin.on('error', () => {});
  child.stdin.end(options.input);
  options.onChild?.(child);
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  return { code, stdout, stderr };
}

/** New data folder; `dispose` deletes it. */
export async function temporaryHome(): Promise<{ home: string; dispose: () => Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'touchstone-cli-'));
  return { home, dispose: () => rm(home, { recursive: true, force: true }) };
}

/** Objects of an output with one JSON object a line. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

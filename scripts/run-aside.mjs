import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { logFolder } from './project.mjs';

/** What ends a program politely; Windows knows one way only. */
const END = 'SIGTERM';
/** Signals that end this program too: the other is in a group of its own, which no terminal reaches. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Starts a program beside others, without the terminal: what it says lies in a file until somebody waits for it.
 * @param {string} name of the log file
 * @param {{ command: string, args: readonly string[], shell?: boolean }} line
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, logs?: string }} options
 * @returns {{ ended: Promise<{ code: number, ms: number, output: string }>, stop(): void }} `code` is 1 where a signal ended it or
 * it could not be started; `stop` ends it with everything that it started
 */
export function runAside(name, line, { cwd, env, logs = logFolder }) {
  mkdirSync(logs, { recursive: true });
  const path = join(logs, `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.log`);
  const log = openSync(path, 'w');
  const start = Date.now();
  const group = process.platform !== 'win32';
  // A group of its own: a test runner has browsers and companions below it, and all of them end together.
  const child = spawn(line.command, line.args, {
    cwd,
    env,
    shell: line.shell ?? false,
    stdio: ['ignore', log, log],
    detached: group,
  });
  closeSync(log);
  const stop = () => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    try {
      if (group) process.kill(-child.pid, END);
      else child.kill();
    } catch {
      // It ended in this moment.
    }
  };
  process.once('exit', stop);
  for (const signal of SIGNALS) process.on(signal, stop);
  const ended = new Promise((resolve) => {
    const finish = (code, more = '') => {
      process.off('exit', stop);
      for (const signal of SIGNALS) process.off(signal, stop);
      resolve({ code, ms: Date.now() - start, output: readFileSync(path, 'utf8') + more });
    };
    child.once('error', (error) => finish(1, `${error}\n`));
    child.once('exit', (code) => finish(code ?? 1));
  });
  return { ended, stop };
}

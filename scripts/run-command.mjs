import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createProgress } from './progress.mjs';
import { commandEnvironment, logFolder } from './project.mjs';

/** Lines of the log shown when a command fails; the rest is in the file. */
const TAIL_LINES = 25;

/** What goes wrong most often, recognised in the log, with what to do about it. */
const REMEDIES = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_PNPM_META_FETCH_FAIL|ERR_SOCKET_TIMEOUT/,
    'Check the connection to the npm registry (and the proxy settings of npm), then run the command again.',
  ],
  [/ENOSPC/, 'Free about 2 GB of disk space, then run the command again.'],
  [/EACCES|EPERM/, 'Make this folder and the npm cache writable for your user, then run the command again.'],
  [
    /ERR_PNPM_OUTDATED_LOCKFILE/,
    'package.json and pnpm-lock.yaml differ: run "npx -y pnpm@12.21.0 install" once, then again.',
  ],
];

/** A command that ended badly: the log's end, where all of it is, and what to do. */
export class CommandFailure extends Error {
  constructor(name, log, tail) {
    super(`${name} failed.`);
    this.name = 'CommandFailure';
    this.log = log;
    this.tail = tail;
    this.nextStep = remedyFor(tail);
  }
}

export function remedyFor(output) {
  const found = REMEDIES.find(([pattern]) => pattern.test(output));
  return found ? found[1] : 'Read the log above; run the command again once the cause is gone.';
}

/**
 * Runs a command behind one progress line; its output goes to a log file and is shown only on failure.
 * @param {string} name what a person reads, for instance "Installing packages"
 * @param {{ command: string, args: readonly string[], shell?: boolean }} line
 * @param {{ cwd: string, signal?: AbortSignal, stream?: NodeJS.WriteStream, logs?: string }} options
 * @returns {Promise<void>}
 * @throws {CommandFailure}
 */
export async function runCommand(name, line, { cwd, signal, stream = process.stdout, logs = logFolder }) {
  mkdirSync(logs, { recursive: true });
  const logFile = join(logs, `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.log`);
  const log = createWriteStream(logFile);
  const tail = [];
  const progress = createProgress(name, stream);
  const child = spawn(line.command, line.args, {
    cwd,
    env: commandEnvironment(),
    shell: line.shell ?? false,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding('utf8').on('data', (text) => {
      log.write(text);
      tail.push(...text.split(/\r?\n/).filter((part) => part.trim() !== ''));
      if (tail.length > TAIL_LINES) tail.splice(0, tail.length - TAIL_LINES);
    });
  }
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      tail.push(String(error));
      resolve(-1);
    });
    child.once('close', resolve);
  });
  await new Promise((done) => log.end(done));
  if (code === 0) progress.done();
  else {
    progress.failed(signal?.aborted ? 'stopped' : 'failed');
    throw new CommandFailure(name, logFile, tail.join('\n'));
  }
}

/** Prints what failed for a person: what happened, where to look, what to do. */
export function explainFailure(error, stream = process.stderr) {
  if (error instanceof CommandFailure)
    stream.write(`\n${error.tail}\n\n${error.message} The whole log: ${error.log}\n`);
  else if (error.nextStep) stream.write(`\n${error.message}\n`);
  else stream.write(`\n${error.stack ?? error}\n`);
  if (error.nextStep) stream.write(`Next step: ${error.nextStep}\n`);
}

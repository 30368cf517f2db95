import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the clone. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Started by npx at exactly this version; equal to `packageManager` in package.json (a test compares them). */
export const PNPM_VERSION = '12.21.0';

/** Logs of the steps that run behind a progress line; ignored by git. */
export const logFolder = join(root, '.cache', 'logs');

/**
 * Node 24 as the project brings it along.
 * @param {string} folder the clone
 * @returns {string | undefined} absolute path; undefined before the first install
 */
export function projectNode(folder = root) {
  const names = process.platform === 'win32' ? ['node.exe', 'node'] : ['node'];
  return names.map((name) => join(folder, 'node_modules', 'node', 'bin', name)).find((path) => existsSync(path));
}

/**
 * Command line that starts the pinned pnpm, without a shell: npm names its own script in the environment, and npx lies
 * beside it.
 * @param {readonly string[]} args
 * @returns {{ command: string, args: string[], shell: boolean }}
 */
export function pnpmCommand(args, environment = process.env) {
  const pnpm = ['-y', `pnpm@${PNPM_VERSION}`, ...args];
  const npm = environment.npm_execpath;
  const npx = npm && /npm-cli\.js$/.test(npm) ? join(dirname(npm), 'npx-cli.js') : undefined;
  if (npx && existsSync(npx)) return { command: process.execPath, args: [npx, ...pnpm], shell: false };
  // npx is a batch file on Windows, which only a shell starts.
  return { command: 'npx', args: pnpm, shell: process.platform === 'win32' };
}

/** Where Node keeps compiled code: a program that starts again spends a third of the processor time, or half. */
export const COMPILE_CACHE = join(root, '.cache', 'node');

/** Keeps the model runtime, in any language and any program, from reporting to its maker. */
export const TELEMETRY_OFF = { ORT_DISABLE_TELEMETRY: '1' };

/**
 * Environment of every command: onnxruntime-node's install script would download the GPU build, and Vitest would leave one core
 * idle, the half of a small machine, though much of what tests do is waiting for a process, a disk or a socket.
 */
export function commandEnvironment(environment = process.env) {
  return {
    VITEST_MAX_WORKERS: String(availableParallelism()),
    ...environment,
    ...TELEMETRY_OFF,
    ONNXRUNTIME_NODE_INSTALL: 'skip',
    npm_config_loglevel: 'error',
  };
}

/**
 * `pnpm models:train --data DIR --work DIR --weights DIR`: runs the Python recipe of models/training in a virtual
 * environment of its own under WORK, which is made on the first run. See models/training/README.md.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, TELEMETRY_OFF } from './project.mjs';

const [task, ...args] = process.argv.slice(2);
const training = join(root, 'models', 'training');
const work = args[args.indexOf('--work') + 1];

function run(command, parameters) {
  const { status, error } = spawnSync(command, parameters, {
    stdio: 'inherit',
    cwd: training,
    env: { ...process.env, ...TELEMETRY_OFF },
  });
  if (error) {
    console.error(`${command} could not be started (${error.message}). Install Python 3.11 or newer with venv.`);
    process.exit(2);
  }
  if (status !== 0) process.exit(status ?? 1);
}

if (task !== 'train' || !args.includes('--work') || !work || !args.includes('--data')) {
  console.error('usage: pnpm models:train --data DIR --work DIR --weights DIR\nSee models/training/README.md.');
  process.exit(2);
}
const environment = join(work, 'venv');
const python =
  process.platform === 'win32' ? join(environment, 'Scripts', 'python.exe') : join(environment, 'bin', 'python');
if (!existsSync(python)) {
  run(process.platform === 'win32' ? 'python' : 'python3', ['-m', 'venv', environment]);
  run(python, ['-m', 'pip', 'install', '-r', join(training, 'requirements.txt')]);
}
run(python, [join(training, 'train.py'), ...args]);

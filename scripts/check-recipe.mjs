import { spawnSync } from 'node:child_process';
import { findPython, pipTool } from './pip-tool.mjs';
import { root } from './project.mjs';

const RUFF = { wheel: 'ruff', version: '0.14.0', program: 'ruff' };
const RECIPE = 'models/training';

const run = (command, args, options = {}) => spawnSync(command, args, { cwd: root, encoding: 'utf8', ...options });

/**
 * `npm run check:recipe`: lints the Python recipe and tests its parts that need no other package. What this machine cannot
 * run is said, and is no fault.
 * @returns {number} exit code
 */
function checkRecipe() {
  const python = findPython();
  if (!python) {
    console.warn('NOT CHECKED: there is no Python here, so the training recipe is neither linted nor tested.');
    return 0;
  }
  const tests = run(python, ['-B', '-m', 'unittest', 'discover', '-s', RECIPE], { stdio: 'inherit' });
  const linter = pipTool(RUFF, python);
  if (!linter) console.warn(`NOT LINTED: pip could not install ruff ${RUFF.version}.`);
  const lint = linter ? run(linter, ['check', '--no-cache', RECIPE], { stdio: 'inherit' }) : { status: 0 };
  return tests.status === 0 && lint.status === 0 ? 0 : 1;
}

process.exitCode = checkRecipe();

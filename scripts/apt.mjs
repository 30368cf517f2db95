import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { runCommand } from './run-command.mjs';

/** Whether packages can be installed here without asking: Debian's tools, as root. */
export function canInstall() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  return /debian|ubuntu/i.test(readFileSync('/etc/os-release', 'utf8'));
}

function aptGet(args) {
  return { command: 'env', args: ['DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args] };
}

/** Installs Debian packages, each command behind a progress line. @param {readonly string[]} packages */
export async function installPackagesOfDebian(packages, options = {}) {
  const where = { cwd: tmpdir(), ...options };
  await runCommand('Reading the package lists', aptGet(['update', '-q']), where);
  const install = aptGet(['install', '-y', '-q', '--no-install-recommends', ...packages]);
  await runCommand(`Installing ${packages.join(' and ')}`, install, where);
}

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

/** Downloads a Debian package into a folder without installing it, behind progress lines. */
export async function downloadPackageOfDebian(name, folder, options = {}) {
  await runCommand('Reading the package lists', aptGet(['update', '-q']), { cwd: tmpdir(), ...options });
  // Started by root, apt drops its rights for the download, and may then not write into the folder.
  const download = aptGet(['download', '-q', '-o', 'APT::Sandbox::User=root', name]);
  await runCommand(`Downloading ${name}`, download, { ...options, cwd: folder });
}

/** Installs Debian packages, each command behind a progress line. @param {readonly string[]} packages */
export async function installPackagesOfDebian(packages, options = {}) {
  const where = { cwd: tmpdir(), ...options };
  await runCommand('Reading the package lists', aptGet(['update', '-q']), where);
  const install = aptGet(['install', '-y', '-q', '--no-install-recommends', ...packages]);
  await runCommand(`Installing ${packages.join(' and ')}`, install, where);
}

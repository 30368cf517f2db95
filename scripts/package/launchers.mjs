import { GLIBC_TUNABLES, NODE_FLAGS } from '../../companion/src/workers/node-settings.mjs';

const FLAGS = NODE_FLAGS.join(' ');

/**
 * What starts the program of a package, on its own Node.
 * @param {string} script path of the program from the folder above `bin`, with slashes
 */
export function shellLauncher(script) {
  return `#!/bin/sh
# Starts Touchstone on the Node.js that came with it. Works behind links, and with an empty environment.
set -e
self=$(readlink -f "$0")
home=$(dirname "$(dirname "$self")")
export ORT_DISABLE_TELEMETRY=1
export GLIBC_TUNABLES="\${GLIBC_TUNABLES-${GLIBC_TUNABLES}}"
exec "$home/node/bin/node" ${FLAGS} "$home/${script}" "$@"
`;
}

/** The same for Windows. */
export function windowsLauncher(script) {
  return [
    '@echo off',
    'setlocal',
    'set ORT_DISABLE_TELEMETRY=1',
    `"%~dp0..\\node\\bin\\node.exe" ${FLAGS} "%~dp0..\\${script.replaceAll('/', '\\')}" %*`,
    '',
  ].join('\r\n');
}

/**
 * What starts the program of a package, on its own Node. Flags and memory are those of scripts/start.mjs.
 * @param {string} script path of the program from the folder above `bin`, with slashes
 */
export function shellLauncher(script) {
  return `#!/bin/sh
# Starts Touchstone on the Node.js that came with it. Works behind links, and with an empty environment.
set -e
self=$(readlink -f "$0")
home=$(dirname "$(dirname "$self")")
export ORT_DISABLE_TELEMETRY=1
export GLIBC_TUNABLES="\${GLIBC_TUNABLES-glibc.malloc.arena_max=2:glibc.malloc.mmap_threshold=131072:glibc.malloc.hugetlb=1}"
exec "$home/node/bin/node" --disable-warning=ExperimentalWarning --max-semi-space-size=4 "$home/${script}" "$@"
`;
}

/** The same for Windows. */
export function windowsLauncher(script) {
  return [
    '@echo off',
    'setlocal',
    'set ORT_DISABLE_TELEMETRY=1',
    `"%~dp0..\\node\\bin\\node.exe" --disable-warning=ExperimentalWarning --max-semi-space-size=4 "%~dp0..\\${script.replaceAll('/', '\\')}" %*`,
    '',
  ].join('\r\n');
}

import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { OPTION_NAMES, OPTIONS } from '../configuration/options.ts';
import { GLIBC_TUNABLES, NODE_FLAGS } from '../workers/node-settings.mjs';

/** What starts by itself: the companion alone, with the settings of the environment in which it was registered. */
export interface Program {
  /** Absolute path, then arguments. */
  readonly command: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** Settings that a companion started by the system must have as a person gave them. */
const KEPT = ['TOUCHSTONE_HOME', ...OPTION_NAMES.map((name) => OPTIONS[name].variable)];

export function companionProgram(environment: Readonly<Record<string, string | undefined>> = process.env): Program {
  const main = fileURLToPath(new URL('../daemon/main.ts', import.meta.url));
  return {
    command: [process.execPath, ...NODE_FLAGS, main],
    environment: {
      ...(process.platform === 'linux' && { GLIBC_TUNABLES }),
      ...Object.fromEntries(KEPT.flatMap((name) => (environment[name] ? [[name, environment[name]]] : []))),
    },
    folder: homedir(),
  };
}

import { homedir } from 'node:os';
import { join } from 'node:path';
import { OPTION_NAMES, OPTIONS } from '../configuration/options.ts';
import { GLIBC_TUNABLES, NODE_FLAGS } from '../workers/node-settings.mjs';

/** What starts by itself: the companion alone, with the settings of the environment in which it was registered. */
export interface Program {
  /** Absolute path, then arguments. */
  readonly command: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** What the system starts one day, by its path: this room uses nothing of it. */
const MAIN = join(import.meta.dirname, '..', 'daemon', 'main.ts');

/** Settings that a companion started by the system must have as a person gave them. */
const KEPT = ['TOUCHSTONE_HOME', ...OPTION_NAMES.map((name) => OPTIONS[name].variable)];

export function companionProgram(environment: Readonly<Record<string, string | undefined>> = process.env): Program {
  return {
    command: [process.execPath, ...NODE_FLAGS, MAIN],
    environment: {
      ...(process.platform === 'linux' && { GLIBC_TUNABLES }),
      ...Object.fromEntries(KEPT.flatMap((name) => (environment[name] ? [[name, environment[name]]] : []))),
    },
    folder: homedir(),
  };
}

import { TouchstoneError } from '@touchstone/shared';
import * as v from 'valibot';
import { configFile, readConfigFile } from './config-file.ts';
import { type Configuration, OPTION_NAMES, OPTIONS, type OptionName } from './options.ts';

/** Texts of flags, by the name of the option. */
export type Flags = Readonly<Partial<Record<OptionName, string | undefined>>>;

export interface ConfigurationSources {
  readonly flags?: Flags;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Data folder, in which config.json may lie. */
  readonly home: string;
}

export interface Resolved {
  readonly values: Configuration;
  /** Where each value comes from, as a person would say it. */
  readonly sources: Readonly<Record<OptionName, string>>;
}

interface Said {
  readonly value: unknown;
  readonly source: string;
}

/** A text as the value that it is to be; what is no number stays a text, and is refused as such. */
function parsedValue(name: OptionName, text: string): unknown {
  const number = OPTIONS[name].value === 'number' && text.trim() !== '' ? Number(text) : Number.NaN;
  return Number.isNaN(number) ? text : number;
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 100);

/** @throws TouchstoneError `config-invalid` that names source, value and what is allowed */
function checked(name: OptionName, { value, source }: Said): number | string {
  const parsed = v.safeParse(OPTIONS[name].schema, value);
  if (parsed.success) return parsed.output;
  throw new TouchstoneError('config-invalid', `${source} is "${shown(value)}"; it takes ${OPTIONS[name].allowed}`);
}

function refuseUnknown(file: Readonly<Record<string, unknown>>, path: string): void {
  const unknown = Object.keys(file).find((name) => !OPTION_NAMES.some((known) => known === name));
  if (unknown === undefined) return;
  throw new TouchstoneError(
    'config-invalid',
    `${path} has the unknown setting "${unknown.slice(0, 100)}"; it may have ${OPTION_NAMES.join(', ')}`,
  );
}

/**
 * Brings the sources together: flags, then the environment, then config.json, then what is built in. Each value that is given is
 * looked at, also where another one outweighs it: a wrong one would come into force later.
 * @throws TouchstoneError `config-invalid` that names source and allowed values; `folder-unusable`
 */
export async function resolveConfiguration({ flags = {}, environment, home }: ConfigurationSources): Promise<Resolved> {
  const path = configFile(home);
  const file = await readConfigFile(home);
  refuseUnknown(file, path);
  const values: Partial<Record<OptionName, number | string>> = {};
  const sources = {} as Record<OptionName, string>;
  for (const name of OPTION_NAMES) {
    const { variable, flag } = OPTIONS[name];
    const [given, inEnvironment] = [flags[name], environment[variable]];
    const said: Said[] = [
      ...(given === undefined ? [] : [{ value: parsedValue(name, given), source: `--${flag}` }]),
      // An empty variable is one that is not set, as everywhere in a shell.
      ...(inEnvironment ? [{ value: parsedValue(name, inEnvironment), source: variable }] : []),
      ...(Object.hasOwn(file, name) ? [{ value: file[name], source: `${name} in ${path}` }] : []),
    ];
    const [first] = said.map((one) => ({ value: checked(name, one), source: one.source }));
    const option = OPTIONS[name];
    const fallback = 'fallback' in option ? option.fallback : undefined;
    const value = first?.value ?? fallback;
    if (value !== undefined) values[name] = value;
    sources[name] = first?.source ?? 'default';
  }
  // Every value has passed the schema of its own option.
  const configuration = values as Configuration;
  if (configuration.backupEveryHours !== undefined && configuration.backupFolder === undefined) {
    throw new TouchstoneError(
      'config-invalid',
      `${sources.backupEveryHours} asks for backups, but nothing says where they lie: set ${OPTIONS.backupFolder.variable}`,
    );
  }
  return { values: configuration, sources };
}

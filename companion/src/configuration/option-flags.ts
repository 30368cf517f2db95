import { OPTION_NAMES, OPTIONS, type OptionName } from './options.ts';
import type { Flags } from './resolve-configuration.ts';

/** @returns what help says of an option */
export function optionHelp(name: OptionName): { readonly flags: string; readonly description: string } {
  const { flag, value, summary, allowed, variable, otherwise } = OPTIONS[name];
  return {
    flags: `--${flag} <${value}>`,
    description: `${summary.replaceAll('`', '')}: ${allowed} (${variable}; default: ${otherwise})`,
  };
}

/** Options as `parseArgs` of Node takes them. */
export function flagOptions(): Record<string, { readonly type: 'string' }> {
  return Object.fromEntries(OPTION_NAMES.map((name) => [OPTIONS[name].flag, { type: 'string' }]));
}

/** @param given values by the name of their flag, in kebab or camel case, as parsers of command lines give them */
export function flagsFrom(given: Readonly<Record<string, unknown>>): Flags {
  const camel = (flag: string): string => flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(
    OPTION_NAMES.flatMap((name) => {
      const { flag } = OPTIONS[name];
      const value = given[flag] ?? given[camel(flag)];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

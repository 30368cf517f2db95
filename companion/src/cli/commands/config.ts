import { foreignText } from '@touchstone/shared/words';
import { flagsFrom } from '../../configuration/option-flags.ts';
import { OPTION_NAMES, OPTIONS } from '../../configuration/options.ts';
import { type Resolved, resolveConfiguration } from '../../configuration/resolve-configuration.ts';
import { dataFolder } from '../../settings/data-folder.ts';

export interface ConfigCommandOptions extends Readonly<Record<string, unknown>> {
  readonly json?: boolean;
}

function resolved(options: ConfigCommandOptions): Promise<Resolved> {
  return resolveConfiguration({ flags: flagsFrom(options), environment: process.env, home: dataFolder() });
}

/** `touchstone config check`: looks at every value that is given. @throws TouchstoneError `config-invalid` */
export async function checkConfig(options: ConfigCommandOptions): Promise<void> {
  const { sources } = await resolved(options);
  const given = OPTION_NAMES.filter((name) => sources[name] !== 'default').length;
  process.stdout.write(
    options.json ? `${JSON.stringify({ given })}\n` : `The configuration is valid; ${given} given.\n`,
  );
}

/** `touchstone config show`: each value with where it comes from. @throws TouchstoneError `config-invalid` */
export async function showConfig(options: ConfigCommandOptions): Promise<void> {
  const { values, sources } = await resolved(options);
  for (const name of OPTION_NAMES) {
    const value = values[name] ?? null;
    const source = sources[name];
    const words = value === null ? OPTIONS[name].otherwise : foreignText(String(value));
    process.stdout.write(
      options.json
        ? `${JSON.stringify({ name, value, source })}\n`
        : `${name.padEnd(18)}${words}  (${foreignText(source)})\n`,
    );
  }
}

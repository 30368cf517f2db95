import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../gateway/fixtures/test-companion.ts';
import { documentOptions } from './document-options.ts';
import { flagsFrom } from './option-flags.ts';
import { OPTION_NAMES, OPTIONS } from './options.ts';
import { type ConfigurationSources, resolveConfiguration } from './resolve-configuration.ts';

async function resolve(
  given: Partial<Omit<ConfigurationSources, 'home'>> & { readonly file?: unknown } = {},
): ReturnType<typeof resolveConfiguration> {
  const home = await temporaryFolder();
  const { file, flags = {}, environment = {} } = given;
  if (file !== undefined) {
    await writeFile(join(home, 'config.json'), typeof file === 'string' ? file : JSON.stringify(file));
  }
  return resolveConfiguration({ home, flags, environment });
}

const invalid = (...words: readonly string[]) =>
  expect.objectContaining({
    code: 'config-invalid',
    detail: expect.stringMatching(words.map((word) => word.replace(/[.()]/g, '\\$&')).join('[\\s\\S]*')),
  });

describe('where a setting comes from', () => {
  it('is the default where nobody says anything', async () => {
    const { values, sources } = await resolve();
    expect(values).toEqual({
      port: 47_615,
      logLevel: 'info',
      maxQueue: 50_000,
      maxQueueBytes: 16 * 1024 ** 3,
      backupKeep: 7,
    });
    expect(new Set(Object.values(sources))).toEqual(new Set(['default']));
  });

  it('is the flag before the environment, that before the file, and the file before what is built in', async () => {
    const file = { port: 1, maxQueue: 1, backupKeep: 1 };
    const environment = { TOUCHSTONE_PORT: '2', TOUCHSTONE_MAX_QUEUE: '2' };
    const { values, sources } = await resolve({ file, environment, flags: { port: '3' } });
    expect(values).toMatchObject({ port: 3, maxQueue: 2, backupKeep: 1, logLevel: 'info' });
    expect(sources).toMatchObject({
      port: '--port',
      maxQueue: 'TOUCHSTONE_MAX_QUEUE',
      backupKeep: expect.stringMatching(/^backupKeep in .*config\.json$/),
      logLevel: 'default',
    });
  });

  it('is not a variable that is empty', async () => {
    expect((await resolve({ environment: { TOUCHSTONE_PORT: '' } })).values.port).toBe(47_615);
  });
});

describe('a wrong setting', () => {
  it.each(OPTION_NAMES)('%s is refused from each source, with its name and what is allowed', async (name) => {
    const { variable, flag, allowed } = OPTIONS[name];
    const words = ['"!"', 'it takes', allowed];
    await expect(resolve({ flags: { [name]: '!' } })).rejects.toEqual(invalid(`--${flag}`, ...words));
    await expect(resolve({ environment: { [variable]: '!' } })).rejects.toEqual(invalid(variable, ...words));
    await expect(resolve({ file: { [name]: '!' } })).rejects.toEqual(invalid(name, 'config.json', ...words));
    await expect(resolve({ file: { [name]: null } })).rejects.toEqual(invalid(name, 'config.json', 'null'));
  });

  it('is refused also where another source outweighs it', async () => {
    const environment = { TOUCHSTONE_LOG_LEVEL: 'loud' };
    await expect(resolve({ flags: { logLevel: 'info' }, environment })).rejects.toEqual(invalid('LOG_LEVEL', 'loud'));
  });

  it.each([
    [{ prot: 1 }, ['the unknown setting "prot"', 'port']],
    [[], ['it is a list']],
    ['not JSON', ['it is no JSON object']],
    [{ port: 1.5 }, ['1.5']],
    [{ port: '80' }, ['"80"']],
    [{ backupEveryHours: 24 }, ['nothing says where they lie']],
    [{ backupFolder: 'relative/folder' }, ['an absolute path']],
  ])('in the file is told: %j', async (file, words) => {
    await expect(resolve({ file })).rejects.toEqual(invalid(...words));
  });
});

it('flags are found as either parser of the command line names them', () => {
  expect(flagsFrom({ 'log-level': 'debug', port: '1', open: false })).toEqual({ logLevel: 'debug', port: '1' });
  expect(flagsFrom({ logLevel: 'debug', maxQueueBytes: '5' })).toEqual({ logLevel: 'debug', maxQueueBytes: '5' });
});

it('docs/configuration.md says what the table of options says', async () => {
  await expect(documentOptions()).toMatchFileSnapshot('../../../docs/configuration.md');
});

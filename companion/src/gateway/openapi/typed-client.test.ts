import { execFile } from 'node:child_process';
import { copyFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SCOPES } from '@touchstone/shared/api';
import { expect, it } from 'vitest';
import { startTestCompanion, temporaryFolder } from '../fixtures/test-companion.ts';
import { programOf } from '../fixtures/token-of.ts';

/** A workspace of its own: the generator works with the compiler of the version before alone. */
const WORKSPACE = fileURLToPath(new URL('../../../typed-client', import.meta.url));

it('a client whose types are generated from the description compiles, and its calls pass', async () => {
  const test = await startTestCompanion();
  const { token } = await programOf(test, ...SCOPES);
  const folder = await temporaryFolder();
  await symlink(join(WORKSPACE, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const name of ['client.ts', 'tsconfig.json', 'package.json']) {
    await copyFile(join(WORKSPACE, name), join(folder, name));
  }
  await writeFile(join(folder, 'openapi.json'), (await test.request('/v1/openapi.json')).text);
  const run = async (program: string, ...args: string[]): Promise<string> => {
    const path = join(folder, 'node_modules', program);
    const { stdout } = await promisify(execFile)(process.execPath, [path, ...args], { cwd: folder });
    return stdout;
  };
  await run('openapi-typescript/bin/cli.js', 'openapi.json', '--output', 'openapi.ts');
  // Its own words say what is wrong.
  const errors = await run('typescript/bin/tsc', '--project', '.').catch((error: unknown) => Object(error).stdout);
  expect(errors).toBe('');
  const script = `import { useClient } from './client.ts';
    console.log(JSON.stringify(await useClient('http://127.0.0.1:${test.companion.port}', process.env.TOKEN)));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script],
    { cwd: folder, env: { PATH: process.env.PATH, TOKEN: token } },
  );
  expect(JSON.parse(stdout)).toEqual({
    state: 'completed',
    verdict: 'real',
    records: 1,
    label: 'fake',
    problem: 'not-found',
    removed: 204,
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../gateway/fixtures/test-companion.ts';

/** What takes a tenth of a second or megabytes to load, and is needed by nobody who only starts the companion. */
const NOT_AT_START = [
  'sharp',
  'date-fns',
  '@fastify/ajv-compiler',
  '@fastify/fast-json-stringify-compiler',
  '@opentelemetry',
];

/** What a team's mode stands on. */
const TEAM_ONLY = [
  'pg',
  'pg-boss',
  'kysely',
  'aws4fetch',
  '@simplewebauthn/server',
  'openid-client',
  'jose',
  'oauth4webapi',
];

it('a start loads nothing large that nobody has asked for', async () => {
  const home = await temporaryFolder();
  const told = join(await temporaryFolder(), 'loaded.json');
  const program = fileURLToPath(new URL('./main.ts', import.meta.url));
  const teller = new URL('./fixtures/tell-loaded.ts', import.meta.url).href;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', teller, program], {
    env: { ...process.env, TOUCHSTONE_HOME: home, TOUCHSTONE_PORT: '0', TOUCHSTONE_TELL_LOADED: told },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface({ input: child.stdout }), 'line');
  child.kill();
  await once(child, 'exit');
  const loaded: string[] = JSON.parse(await readFile(told, 'utf8'));
  const packages = new Set(
    loaded.map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path.replaceAll('\\', '/'))?.[1]),
  );
  expect(packages).toContain('fastify');
  expect(loaded).toContain('NativeModule http');
  expect(loaded.filter((name) => name.includes('undici/undici'))).toEqual([]);
  expect(TEAM_ONLY.filter((name) => packages.has(name))).toEqual([]);
  expect(loaded.filter((path) => path.replaceAll('\\', '/').includes('/companion/src/team/'))).toEqual([]);
  expect(NOT_AT_START.filter((name) => [...packages].some((one) => one?.startsWith(name)))).toEqual([]);
});

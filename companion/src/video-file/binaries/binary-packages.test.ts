import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BINARY_LICENCE, BINARY_PACKAGES, BINARY_SOURCES } from './binary-packages.ts';

const ROOT = new URL('../../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

it('versions and hashes are those of the lockfile', () => {
  const lockfile = read('pnpm-lock.yaml');
  const packages = Object.values(BINARY_PACKAGES);
  expect(packages).toHaveLength(6);
  for (const { name, version, integrity } of packages) {
    expect(lockfile).toContain(`'${name}@${version}':\n    resolution: {integrity: ${integrity}}`);
  }
});

it('licence and sources are those of the notices', () => {
  const { inside } = JSON.parse(read('scripts/third-party.json'));
  const entry = inside.find((one: { package: string }) => one.package === '@seydx/node-av-*');
  expect(BINARY_LICENCE).toContain(entry.licence);
  expect(BINARY_SOURCES).toBe(entry.source);
});

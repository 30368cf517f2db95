import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './project.mjs';

/** Parts of a version's section of the changelog, in this order. */
const SURFACES = [
  'Security',
  'Every surface',
  'Extension',
  'Companion',
  'History page and reports',
  'Command line',
  'HTTP API',
  'Models',
  'Development',
];

const read = (path) => readFileSync(join(root, path), 'utf8');
const workspaceFile = read('pnpm-workspace.yaml');

/** Items or keys of one block of pnpm-workspace.yaml, which holds nothing that needs more of YAML than this. */
function block(name) {
  const lines = new RegExp(`^${name}:\\n((?: +.*\\n)*)`, 'm').exec(workspaceFile)?.[1] ?? '';
  return [...lines.matchAll(/^ +(?:- )?['"]?([^\s'":#]+)['"]?/gm)].map(([, word]) => word);
}

const folders = block('packages');
const packages = ['.', ...folders].map((folder) => {
  const manifest = JSON.parse(read(join(folder, 'package.json')));
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  return { folder, manifest, uses: Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }) };
});

it('reads the list of packages', () => {
  expect(folders).toEqual(expect.arrayContaining(['shared', 'companion', 'companion/history', 'extension', 'e2e']));
});

/** The generator of a client's types works with the compiler of the version before alone. */
const COMPILER_OF_ITS_OWN = { folder: 'companion/typed-client', name: 'typescript' };

const isOfItsOwn = ({ folder, name }) => folder === COMPILER_OF_ITS_OWN.folder && name === COMPILER_OF_ITS_OWN.name;

it('states the version of what several packages use once, in the catalog', () => {
  const users = Map.groupBy(
    packages
      .flatMap(({ folder, uses }) => uses.map(([name, version]) => ({ folder, name, version })))
      .filter((use) => !isOfItsOwn(use)),
    ({ name }) => name,
  );
  const own = [...users.values()].filter((uses) => uses.length > 1 && !uses[0]?.name.startsWith('@touchstone/'));
  const twice = own.filter((uses) => uses.some(({ version }) => version !== 'catalog:'));
  expect(twice.map((uses) => uses[0]?.name)).toEqual([]);
  expect(block('catalog').toSorted()).toEqual(own.map((uses) => uses[0]?.name).toSorted());
});

it('names exact versions of dependencies', () => {
  const loose = packages.flatMap(({ folder, uses }) =>
    uses
      .filter(([, version]) => !/^(\d+\.\d+\.\d+(-[\w.]+)?|catalog:|workspace:\*)$/.test(version))
      .map(([name, version]) => `${folder}: ${name} ${version}`),
  );
  expect(loose).toEqual([]);
});

it('has one version, which the changelog is about', () => {
  const [top, ...others] = packages.map(({ manifest }) => manifest.version);
  expect(top).toMatch(/^\d+\.\d+\.\d+$/);
  expect(others.filter(Boolean)).toEqual([]);
  expect(/^## (\S+)/m.exec(read('CHANGELOG.md'))?.[1]).toBe(top);
});

it('groups the changelog by surface', () => {
  const sections = read('CHANGELOG.md').split(/^## /m).slice(1);
  for (const section of sections) {
    const surfaces = [...section.matchAll(/^### (.+)$/gm)].map(([, surface]) => surface);
    expect(surfaces).toEqual(SURFACES.filter((surface) => surfaces.includes(surface)));
  }
});

it('keeps what tests alone use in folders named fixtures', () => {
  const files = spawnSync('git', ['ls-files', '*.ts', '*.tsx', '*.mjs'], { cwd: root, encoding: 'utf8' }).stdout.split(
    '\n',
  );
  const sources = files.filter((file) => /(^|\/)src\//.test(file) && !file.startsWith('e2e/'));
  expect(sources.length).toBeGreaterThan(500);
  const elsewhere =
    /\/(testing|__\w+__|helpers?|mocks?|test-utils?)\/|\/(test|mock|fake|stub)-[^/]+$|\.(mock|stub)\.tsx?$/;
  expect(sources.filter((file) => elsewhere.test(file) && !file.includes('/fixtures/'))).toEqual([]);
});

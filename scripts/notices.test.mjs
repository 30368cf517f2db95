import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isLicenceAllowed, refusedLicences } from './audit-rules.mjs';
import { shippedPackages } from './lockfile.mjs';
import {
  bundledPackages,
  currentNotices,
  familyOf,
  missingNotices,
  NOTICES_FILE,
  noticesOf,
  renderNotices,
  thirdParty,
} from './notices.mjs';
import { root } from './project.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const policy = JSON.parse(read('scripts/audit-policy.json'));
const written = read(NOTICES_FILE);

const LOCKFILE = `importers:

  app:
    dependencies:
      '@a/one':
        specifier: 1.0.0
        version: 1.0.0(peer@2.0.0)
    devDependencies:
      tool:
        specifier: 3.0.0
        version: 3.0.0

packages:

  '@a/one@1.0.0':
    peerDependencies:
      peer: '*'

  native-linux-x64@1.0.0:
    os: [linux]

snapshots:

  '@a/one@1.0.0(peer@2.0.0)':
    dependencies:
      below: 4.0.0
      peer: 2.0.0
    optionalDependencies:
      native-linux-x64: 1.0.0

  below@4.0.0:
    dependencies:
      other-name: real-name@5.0.0

  native-linux-x64@1.0.0:
    optional: true

  peer@2.0.0: {}

  real-name@5.0.0: {}

  tool@3.0.0: {}
`;

it('knows from the lockfile what ships: neither tools nor peers that nobody gives', () => {
  expect(shippedPackages(LOCKFILE)).toEqual([
    { name: '@a/one', version: '1.0.0', platform: false },
    { name: 'below', version: '4.0.0', platform: false },
    { name: 'native-linux-x64', version: '1.0.0', platform: true },
    { name: 'real-name', version: '5.0.0', platform: false },
  ]);
});

it('says which package that ships nobody could ask for its licence', () => {
  const installed = [{ folder: root, manifest: { name: 'below', version: '4.0.0', license: 'MIT' } }];
  expect(noticesOf(shippedPackages(LOCKFILE), installed).unknown).toEqual(['@a/one', 'native-*', 'real-name']);
});

it('names every package that ships', () => {
  const shipped = shippedPackages(read('pnpm-lock.yaml'));
  expect(shipped.length).toBeGreaterThan(100);
  const elsewhere = new Set(['@emnapi/runtime', '@img/sharp-wasm32']);
  const missing = shipped
    .filter(({ name }) => !elsewhere.has(name))
    .filter(({ name }) => !written.includes(`\n${familyOf(name)} `));
  expect(missing).toEqual([]);
});

it('says what bundlers have put into what ships and nobody names', () => {
  const named = '\n@a/one 1.0.0, 1.1.0\n  MIT; text 1\n';
  expect(missingNotices(['@a/one@1.1.0', '@a/one@1.0.0'], named)).toEqual([]);
  expect(missingNotices(['@a/one@1.2.0', 'two@1.0.0', 'two@1.0.0'], named)).toEqual([
    expect.stringContaining('@a/one@1.2.0 is in what ships'),
    expect.stringContaining('two@1.0.0 is in what ships'),
  ]);
});

it('names the tools whose code ends in a bundle, whatever the lockfile calls them', () => {
  const installed = [{ folder: root, manifest: { name: 'tool', version: '3.0.0', license: 'MIT' } }];
  expect(bundledPackages(installed, ['tool', 'other'])).toEqual([{ name: 'tool', version: '3.0.0', platform: false }]);
  for (const name of thirdParty().bundled) expect(written).toContain(`\n${name} `);
});

it('is what the packages say now (npm run notices makes it anew)', () => {
  expect(renderNotices(currentNotices(), thirdParty())).toBe(written);
});

it('holds no licence that the policy does not allow', () => {
  const byLicence = Map.groupBy(currentNotices().entries, ({ licence }) => licence);
  expect(refusedLicences(Object.fromEntries(byLicence), policy)).toEqual([]);
  expect(isLicenceAllowed('AGPL-3.0-only', (licence) => policy.licences.includes(licence))).toBe(false);
  for (const { licence } of thirdParty().weights) expect(policy.licences).toContain(licence);
  for (const { licence } of thirdParty().inside) expect(licence).not.toMatch(/AGPL/);
});

it('names the origin of every model that ships', () => {
  const files = spawnSync('git', ['ls-files', '*.onnx'], { cwd: root, encoding: 'utf8' }).stdout.split('\n');
  const models = files.filter((file) => /^models\/(packs|faces)\//.test(file));
  expect(models.length).toBeGreaterThan(5);
  const named = thirdParty().weights.flatMap(({ files: own }) => own);
  expect(named.toSorted()).toEqual(models.toSorted());
});

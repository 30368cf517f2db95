import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Enums, Models, Serialize, SPDX, Spec } from '@cyclonedx/cyclonedx-library';
import { root } from '../project.mjs';

/** "sha512-" and base64, as the lockfile writes it. */
function hashOf(lockfile, name, version) {
  const line = lockfile
    .split('\n')
    .indexOf(`  ${name.startsWith('@') ? `'${name}@${version}'` : `${name}@${version}`}:`);
  const base64 = line < 0 ? undefined : /integrity: sha512-([^},]+)/.exec(lockfile.split('\n')[line + 1])?.[1];
  return base64 && Buffer.from(base64, 'base64').toString('hex');
}

/** The words of a package.json: an identifier, an expression of some, or a name. */
function licenceOf(words) {
  if (SPDX.isSupportedSpdxId(words)) return new Models.SpdxLicense(words);
  return / (AND|OR|WITH) /.test(words) ? new Models.LicenseExpression(words) : new Models.NamedLicense(words);
}

/**
 * What is in a package, as CycloneDX 1.6: every package of others with the lockfile's hash.
 * @param {{
 *   name: string,
 *   version: string,
 *   packages: readonly { name: string, version: string, license?: unknown }[],
 * }} contents `packages` as their package.json describe them
 * @returns {string} JSON, the same for the same contents
 */
export function sbomOf({ name: product, version, packages }) {
  const lockfile = readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8');
  const bom = new Models.Bom();
  bom.metadata.component = new Models.Component(Enums.ComponentType.Application, product, {
    version,
    bomRef: `${product}@${version}`,
  });
  for (const { name, version: one, license } of packages) {
    const hash = hashOf(lockfile, name, one);
    const component = new Models.Component(Enums.ComponentType.Library, name, {
      version: one,
      bomRef: `${name}@${one}`,
      purl: `pkg:npm/${name.replace('@', '%40')}@${one}`,
    });
    if (hash) component.hashes.set(Enums.HashAlgorithm['SHA-512'], hash);
    if (typeof license === 'string') component.licenses.add(licenceOf(license));
    bom.components.add(component);
  }
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return serializer.serialize(bom, { sortLists: true, space: 2 });
}

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installedPackages } from './installed-packages.mjs';
import { shippedPackages } from './lockfile.mjs';
import { root } from './project.mjs';

export const NOTICES_FILE = 'THIRD-PARTY-NOTICES';

const LICENCE_FILE = /^(licen[sc]e|copying|notice)([.-]|$)/i;
/** Where the part of a package's name begins that names a system. */
const SYSTEM = /-(aix|android|darwin|freebsd\w*|linux\w*|netbsd|openbsd|sunos|wasm32|webcontainers|win32)(-.*)?$/;

const read = (path) => readFileSync(join(root, path), 'utf8');
export const thirdParty = () => JSON.parse(read('scripts/third-party.json'));

/** Packages for one system each count as one: "@img/sharp-libvips-*". */
export const familyOf = (name) => name.replace(SYSTEM, '-*');

/** SPDX words of a package.json, in its newer and older forms. */
function licenceOf({ license, licenses }) {
  if (typeof license === 'string') return license;
  if (license?.type) return license.type;
  return licenses?.map(({ type }) => type).join(' OR ') ?? '';
}

function textsOf(folder) {
  const names = readdirSync(folder).filter((name) => LICENCE_FILE.test(name));
  return names.toSorted().map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());
}

/**
 * What ships beside Touchstone's own files, with the licences that the packages themselves name.
 * @param {ReturnType<typeof shippedPackages>} shipped
 * @param {ReturnType<typeof installedPackages>} installed those of other systems may be missing: one of a family speaks for it
 * @returns {{ entries: { name: string, versions: string[], licence: string, homepage: string, texts: string[] }[], unknown: string[] }}
 *   `unknown` are families of which no package is installed
 */
export function noticesOf(shipped, installed) {
  const byKey = new Map(installed.map((one) => [`${one.manifest.name}@${one.manifest.version}`, one]));
  const families = Map.groupBy(shipped, ({ name }) => familyOf(name));
  const entries = [];
  const unknown = [];
  for (const [name, members] of families) {
    const found = members.flatMap((member) => byKey.get(`${member.name}@${member.version}`) ?? []);
    if (found.length === 0) {
      // Stand-ins for systems without native code, never installed where a native package fits.
      if (!members.every((member) => onlyElsewhere(member.name))) unknown.push(name);
      continue;
    }
    const { manifest } = found[0];
    entries.push({
      name,
      versions: [...new Set(members.map(({ version }) => version))],
      licence: [...new Set(found.map((one) => licenceOf(one.manifest)))].join(' AND '),
      homepage: manifest.homepage ?? manifest.repository?.url ?? '',
      texts: [...new Set(found.flatMap(({ folder }) => textsOf(folder)))],
    });
  }
  return { entries, unknown };
}

/** Only a build for WebAssembly asks for it, in place of the native one. */
const onlyElsewhere = (name) => name === '@emnapi/runtime' || /wasm32$/.test(name);

/** @returns {string} the whole text of THIRD-PARTY-NOTICES; equal texts stand once */
export function renderNotices({ entries }, { weights, inside }) {
  const texts = new Map();
  const numberOf = (text) => {
    if (!texts.has(text)) texts.set(text, texts.size + 1);
    return texts.get(text);
  };
  const packages = entries.map(({ name, versions, licence, homepage, texts: own }) => {
    const which = own.length > 0 ? `text ${own.map(numberOf).join(', ')}` : 'no text in the package';
    const within = inside
      .filter((one) => one.package === name)
      .map((one) => `\n  contains ${one.contains}\n  ${one.licence}; ${one.source}`);
    return `${name} ${versions.join(', ')}\n  ${licence}; ${which}${homepage ? `\n  ${homepage}` : ''}${within.join('')}`;
  });
  const models = weights.map(
    ({ files, name, source, licence, copyright }) =>
      `${name}\n  ${licence}; ${copyright}\n  ${source}\n  ${files.join(', ')}`,
  );
  const licences = [...texts].map(([text, number]) => `---- text ${number}\n\n${text}`);
  return `${[
    'Third-party notices of Touchstone. Made by "npm run notices" from pnpm-lock.yaml, the installed packages and',
    'scripts/third-party.json. The text of Apache-2.0 is in LICENSE, that of MIT among the texts below.',
    '\n==== Packages\n',
    packages.join('\n\n'),
    '\n==== Weights of models\n',
    models.join('\n\n'),
    '\n==== Texts of licences\n',
    licences.join('\n\n'),
  ].join('\n')}\n`;
}

/**
 * Packages of which the lockfile says that only developers need them, and whose code the bundlers put into what ships.
 * @param {ReturnType<typeof installedPackages>} installed
 * @param {readonly string[]} names
 */
export function bundledPackages(installed, names) {
  const found = installed.filter(({ manifest }) => names.includes(manifest.name));
  return found.map(({ manifest: { name, version } }) => ({ name, version, platform: false }));
}

/**
 * Whose licences are missing of what the bundlers put into the extension and the history page.
 * @param {readonly string[]} noted "name@version" of each, as the builds have noted them
 * @param {string} written THIRD-PARTY-NOTICES
 * @returns {string[]} sentences
 */
export function missingNotices(noted, written) {
  return [...new Set(noted)].flatMap((package_) => {
    const at = package_.lastIndexOf('@');
    const [name, version] = [package_.slice(0, at), package_.slice(at + 1)];
    const line = written.split('\n').find((one) => one.startsWith(`${name} `));
    if (line?.slice(name.length).split(/[ ,]+/).includes(version)) return [];
    return [
      `${package_} is in what ships and not in ${NOTICES_FILE}: name it in scripts/third-party.json ("bundled") and run "npm run notices".`,
    ];
  });
}

/** The notices as they should be now. @throws Error where a package that ships is not installed */
export function currentNotices() {
  const installed = installedPackages();
  const shipped = [...shippedPackages(read('pnpm-lock.yaml')), ...bundledPackages(installed, thirdParty().bundled)];
  const once = new Map(shipped.map((one) => [`${one.name}@${one.version}`, one]));
  const notices = noticesOf(
    [...once].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one),
    installed,
  );
  if (notices.unknown.length > 0)
    throw new Error(`Not installed: ${notices.unknown.join(', ')}. Run "npm start" once.`);
  return notices;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(root, NOTICES_FILE), renderNotices(currentNotices(), thirdParty()));
}

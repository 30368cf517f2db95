/**
 * What the stores of Chrome and Edge refuse about a package, as far as it can be told without them. Firefox has Mozilla's own linter
 * (scripts/extension-lint.mjs).
 */

/** Longest texts that a store takes, in characters. */
const LIMITS = { chrome: { name: 75, description: 132 }, edge: { name: 45, description: 132 } };

/** What a manifest of version 3 may say in Chromium, of what this extension could come to use. */
const KNOWN_KEYS = new Set([
  ...['manifest_version', 'name', 'short_name', 'version', 'version_name', 'description', 'default_locale', 'icons'],
  ...[
    'action',
    'background',
    'commands',
    'content_scripts',
    'content_security_policy',
    'host_permissions',
    'incognito',
  ],
  ...['homepage_url', 'message_serialization', 'minimum_chrome_version', 'optional_host_permissions'],
  ...['optional_permissions', 'options_page', 'options_ui', 'permissions', 'side_panel', 'web_accessible_resources'],
]);

/** Permissions that Chromium knows, of those that this extension could come to use; a typing error warns no person there. */
const KNOWN_PERMISSIONS = new Set([
  ...['activeTab', 'alarms', 'clipboardWrite', 'contextMenus', 'declarativeNetRequestWithHostAccess', 'downloads'],
  ...['nativeMessaging', 'notifications', 'offscreen', 'scripting', 'sidePanel', 'storage', 'tabs', 'unlimitedStorage'],
  'webRequest',
]);

const MATCH_PATTERN = /^(<all_urls>|(\*|https?|wss?|file):\/\/(\*|(\*\.)?[^/*]+|)\/.*)$/;
/** The least that is shown in the stores, on the page of extensions and in the toolbar, in pixels. */
const WANTED_ICONS = ['16', '32', '48', '128'];
const MAX_VERSION_PART = 65_535;

/**
 * @param {{
 *   manifest: Record<string, any>,
 *   files: readonly string[],
 *   read: (path: string) => Buffer,
 * }} built the manifest as the store gets it, and the files beside it
 * @param {keyof typeof LIMITS} store
 * @returns {string[]} what the store would refuse, in sentences
 */
export function manifestFaults({ manifest, files, read }, store) {
  const names = new Set(files);
  return [
    ...keyFaults(manifest),
    ...versionFaults(manifest),
    ...textFaults(manifest, files, read, LIMITS[store]),
    ...permissionFaults(manifest),
    ...iconFaults(manifest, names, read),
    ...referredFiles(manifest)
      .filter((path) => !names.has(path))
      .map((path) => `The manifest names ${path}, which is not in the package.`),
    ...nameFaults(files),
    ...codeFaults(manifest, files, read),
  ];
}

function keyFaults(manifest) {
  const faults = [];
  if (manifest.manifest_version !== 3) faults.push('The manifest is not of version 3.');
  for (const key of ['key', 'update_url'])
    if (key in manifest) faults.push(`Stores refuse "${key}": they give ids and updates themselves.`);
  for (const key of Object.keys(manifest))
    if (!KNOWN_KEYS.has(key) && key !== 'key' && key !== 'update_url') faults.push(`Chromium knows no "${key}".`);
  if (manifest.background && Object.keys(manifest.background).some((key) => key !== 'service_worker' && key !== 'type'))
    faults.push('A background is a service worker, and nothing else.');
  return faults;
}

function versionFaults({ version, minimum_chrome_version: minimum }) {
  const faults = [];
  const parts = typeof version === 'string' ? version.split('.') : [];
  const sound = parts.every((part) => /^(0|[1-9]\d*)$/.test(part) && Number(part) <= MAX_VERSION_PART);
  if (parts.length < 1 || parts.length > 4 || !sound || parts.every((part) => part === '0'))
    faults.push(`"${version}" is no version for a store: one to four whole numbers up to ${MAX_VERSION_PART}.`);
  if (minimum !== undefined && !/^\d+(\.\d+){0,3}$/.test(minimum)) faults.push(`"${minimum}" is no version of Chrome.`);
  return faults;
}

/** What is shown to people, in every language that the package has. */
function textFaults(manifest, files, read, limits) {
  const locales = files.flatMap((path) => /^_locales\/([^/]+)\/messages\.json$/.exec(path)?.[1] ?? []);
  const faults = [];
  if (!locales.includes(manifest.default_locale))
    faults.push(`There is no _locales/${manifest.default_locale}, which the manifest names as default.`);
  const messages = new Map(
    locales.map((locale) => [locale, JSON.parse(read(`_locales/${locale}/messages.json`).toString('utf8'))]),
  );
  for (const [where, text] of shownTexts(manifest)) {
    if (typeof text !== 'string' || text === '') {
      faults.push(`${where} is empty.`);
      continue;
    }
    for (const [locale, table] of messages) {
      const filled = text.replace(/__MSG_(\w+)__/g, (_, key) => table[key]?.message ?? '');
      const limit = limits[where];
      if (filled.trim() === '') faults.push(`${where} says nothing in ${locale}.`);
      else if (limit !== undefined && [...filled].length > limit)
        faults.push(`${where} has ${[...filled].length} characters in ${locale}, ${limit} are taken.`);
    }
  }
  return faults;
}

const shownTexts = ({ name, short_name: short, description, action }) => [
  ['name', name],
  ['description', description],
  ...(short === undefined ? [] : [['short_name', short]]),
  ...(action?.default_title === undefined ? [] : [['action.default_title', action.default_title]]),
];

function permissionFaults(manifest) {
  const asked = [...(manifest.permissions ?? []), ...(manifest.optional_permissions ?? [])];
  const hosts = [
    ...(manifest.host_permissions ?? []),
    ...(manifest.optional_host_permissions ?? []),
    ...(manifest.content_scripts ?? []).flatMap(({ matches }) => matches ?? []),
  ];
  return [
    ...asked.filter((name) => !KNOWN_PERMISSIONS.has(name)).map((name) => `"${name}" is no permission of Chromium.`),
    ...asked.filter((name, at) => asked.indexOf(name) !== at).map((name) => `"${name}" is asked for twice.`),
    ...hosts.filter((host) => !MATCH_PATTERN.test(host)).map((host) => `"${host}" is no pattern of addresses.`),
  ];
}

function iconFaults({ icons = {} }, names, read) {
  const missing = WANTED_ICONS.filter((side) => !(side in icons)).map((side) => `There is no icon of ${side} pixels.`);
  const wrong = Object.entries(icons).flatMap(([side, path]) => {
    const local = path.replace(/^\//, '');
    if (!names.has(local)) return [];
    const bytes = read(local);
    if (bytes.subarray(1, 4).toString('latin1') !== 'PNG') return [`${path} is no PNG.`];
    const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
    return width === Number(side) && height === Number(side)
      ? []
      : [`${path} has ${width} x ${height} pixels, ${side} are said.`];
  });
  return [...missing, ...wrong];
}

/** Every file of the package that the manifest names. */
function referredFiles(manifest) {
  const { action, background, content_scripts: scripts = [], icons = {}, options_ui: options } = manifest;
  const named = [
    ...Object.values(icons),
    ...Object.values(action?.default_icon ?? {}),
    action?.default_popup,
    background?.service_worker,
    manifest.options_page,
    options?.page,
    ...scripts.flatMap(({ js = [], css = [] }) => [...js, ...css]),
    ...(manifest.web_accessible_resources ?? []).flatMap(({ resources }) => resources.filter((one) => !/\*/.test(one))),
  ];
  return named.filter((path) => typeof path === 'string').map((path) => path.replace(/^\//, ''));
}

function nameFaults(files) {
  return files
    .filter((path) => /(^|\/)(\.|__MACOSX)|\.(map|pem|crx|ts|tsx)$/.test(path) || /^_(?!locales\/)/.test(path))
    .map((path) => `${path} does not belong into a package.`);
}

/** Code that is not in the package, which the stores forbid. */
function codeFaults({ content_security_policy: policy }, files, read) {
  const faults = [];
  for (const [page, words] of Object.entries(policy ?? {}))
    if (/unsafe-|https?:|data:|\*/.test(words)) faults.push(`The policy of ${page} lets code in: ${words}`);
  for (const path of files) {
    if (!/\.(js|html)$/.test(path)) continue;
    const text = read(path).toString('utf8');
    const found = path.endsWith('.js')
      ? /\b(import|importScripts)\(\s*["'`]https?:|\bnew Function\(|[^.\w]eval\(/.exec(text)
      : /<script(?![^>]*\bsrc="\/?[^":]+")|<(script|link)[^>]*"(https?:)?\/\/|\son\w+="/.exec(text);
    if (found) faults.push(`${path} has code that is not in the package, or made of text: ${found[0]}`);
  }
  return faults;
}

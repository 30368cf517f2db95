import { describe, expect, it } from 'vitest';
import { manifestFaults } from './manifest-rules.mjs';
import { storeManifest } from './package/store-zips.mjs';

const png = (side) => {
  const bytes = Buffer.alloc(24);
  bytes.write('\x89PNG', 'latin1');
  bytes.writeUInt32BE(side, 16);
  bytes.writeUInt32BE(side, 20);
  return bytes;
};
const messages = (description) =>
  Buffer.from(JSON.stringify({ name: { message: 'A' }, about: { message: description } }));

const CONTENTS = {
  'manifest.json': Buffer.from('{}'),
  'background.js': Buffer.from('chrome.action.setTitle({})'),
  'popup.html': Buffer.from('<script type="module" crossorigin src="/chunks/popup.js"></script>'),
  '_locales/en/messages.json': messages('Tells.'),
  '_locales/de/messages.json': messages('Sagt.'),
  ...Object.fromEntries([16, 32, 48, 128].map((side) => [`icon/${side}.png`, png(side)])),
};
const MANIFEST = {
  manifest_version: 3,
  name: '__MSG_name__',
  version: '0.1.0',
  description: '__MSG_about__',
  default_locale: 'en',
  icons: { 16: 'icon/16.png', 32: '/icon/32.png', 48: 'icon/48.png', 128: 'icon/128.png' },
  background: { service_worker: 'background.js' },
  action: { default_popup: 'popup.html' },
  permissions: ['storage'],
  host_permissions: ['<all_urls>'],
  content_scripts: [{ matches: ['http://127.0.0.1/*'], js: ['background.js'] }],
};

function faults({ store = 'edge', files = {}, ...changes } = {}) {
  const contents = { ...CONTENTS, ...files };
  const manifest = { ...MANIFEST, ...changes };
  return manifestFaults({ manifest, files: Object.keys(contents), read: (path) => contents[path] }, store);
}

describe('what a store of Chromium would refuse', () => {
  it('is nothing about a sound package', () => {
    expect(faults()).toEqual([]);
    expect(faults({ store: 'chrome' })).toEqual([]);
  });

  it.each([
    ['an older manifest', { manifest_version: 2 }, /version 3/],
    ['the key of development', { key: 'abc' }, /"key"/],
    ['an address of updates', { update_url: 'https://a.test' }, /"update_url"/],
    ['what only Firefox knows', { browser_specific_settings: {} }, /browser_specific_settings/],
    ['an event page', { background: { scripts: ['background.js'] } }, /service worker/],
    ['a version with a word in it', { version: '1.0.0-beta' }, /no version/],
    ['a version of nothing', { version: '0.0' }, /no version/],
    ['a part of the version that is too large', { version: '1.65536' }, /no version/],
    ['a leading zero', { version: '1.02' }, /no version/],
    ['a version of Chrome that is none', { minimum_chrome_version: 'latest' }, /version of Chrome/],
    ['a default language that is not there', { default_locale: 'fr' }, /_locales\/fr/],
    ['a text that no language has', { description: '__MSG_nothing__' }, /says nothing in en/],
    ['no name', { name: '' }, /name is empty/],
    ['a permission that does not exist', { permissions: ['storge'] }, /"storge"/],
    ['a permission twice', { permissions: ['storage', 'storage'] }, /twice/],
    ['a pattern that is none', { host_permissions: ['example.org'] }, /"example.org"/],
    ['an icon that is missing', { icons: { 128: 'icon/128.png' } }, /no icon of 16/],
    ['an icon of another size', { icons: { ...MANIFEST.icons, 48: 'icon/32.png' } }, /32 x 32 pixels, 48/],
    ['a page that is not there', { action: { default_popup: 'gone.html' } }, /gone\.html/],
    ['a script that is not there', { content_scripts: [{ matches: ['<all_urls>'], js: ['x.js'] }] }, /x\.js/],
    [
      'a policy that lets text be code',
      { content_security_policy: { extension_pages: "'unsafe-eval'" } },
      /lets code in/,
    ],
    ['a map of the sources', { files: { 'background.js.map': Buffer.from('') } }, /does not belong/],
    ['a name that browsers keep for themselves', { files: { '_metadata/x': Buffer.from('') } }, /does not belong/],
    ['a hidden file', { files: { '.env': Buffer.from('') } }, /does not belong/],
    ['code from elsewhere', { files: { 'a.js': Buffer.from('import("https://a.test/x.js")') } }, /a\.js/],
    ['code made of text', { files: { 'a.js': Buffer.from('const f=new Function("x")') } }, /a\.js/],
    ['a script inside a page', { files: { 'a.html': Buffer.from('<script>run()</script>') } }, /a\.html/],
    ['a page with foreign code', { files: { 'a.html': Buffer.from('<script src="https://a.test/x.js">') } }, /a\.html/],
  ])('is %s', (_, changes, words) => {
    expect(faults(changes).join('\n')).toMatch(words);
  });

  it('is a text that is too long for it, in any language', () => {
    const long = { '_locales/de/messages.json': messages('x'.repeat(133)) };
    expect(faults({ files: long }).join()).toMatch(/133 characters in de, 132/);
    const name = 'x'.repeat(46);
    expect(faults({ name, store: 'edge' }).join()).toMatch(/46 characters in en, 45/);
    expect(faults({ name, store: 'chrome' })).toEqual([]);
  });
});

it('the manifest of a store is the built one without its key', () => {
  expect(storeManifest({ ...MANIFEST, key: 'abc' })).toEqual(MANIFEST);
});

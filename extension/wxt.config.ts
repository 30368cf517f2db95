import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CHROMIUM_KEY, FIREFOX_ID } from '@touchstone/shared';
import { defineConfig } from 'wxt';
import rootPackage from '../package.json' with { type: 'json' };
import { createBundledPackages } from '../scripts/bundled-packages.ts';
import { browserMessages, nameOf } from './browser-messages.ts';
import { COMMANDS } from './src/commands.ts';

/** A real photograph for the welcome page; companion/assets/samples/NOTICE.md says whose. */
const SAMPLE = {
  absoluteSrc: fileURLToPath(new URL('../companion/assets/samples/rocket.jpg', import.meta.url)),
  relativeDest: 'sample.jpg',
};

const bundled = createBundledPackages();

/**
 * One source, two manifests (both Manifest V3): Chrome/Edge with a service worker, Firefox with an event page.
 * Every permission carries its reason; the README repeats them for people.
 */
export default defineConfig({
  modules: ['@wxt-dev/module-react', '@wxt-dev/webextension-polyfill'],
  imports: false,
  vite: () => ({ plugins: [bundled.plugin] }),
  hooks: {
    // Beside the extension, not in it: the list of materials is made from this.
    'build:done': ({ config }) => writeFileSync(`${config.outDir}.packages.json`, JSON.stringify(bundled.found())),
    // `_locales` comes from the catalogue: a new language needs no file of its own here.
    'build:publicAssets': (_, files) => void files.push(...browserMessages(), SAMPLE),
    // Content scripts send and hear messages alone, which every browser answers with promises: without the polyfill each
    // frame of a page loads 10 kB less.
    'vite:build:extendConfig': (entrypoints, config) => {
      const aliases = config.resolve?.alias;
      if (aliases && 'wxt/browser' in aliases && entrypoints.every(({ type }) => type === 'content-script'))
        Reflect.deleteProperty(aliases, 'wxt/browser');
    },
  },
  manifest: ({ browser }) => ({
    version: rootPackage.version,
    name: '__MSG_extensionName__',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    permissions: [
      // "Check this image" in the context menu.
      'contextMenus',
      // Settings, the pairing secret (local), results of open tabs (session).
      'storage',
      // Puts the content script into tabs that were open before the extension was installed, when a person asks there.
      'scripting',
      // A Referer for hot-link-protected pictures, and a rule that keeps redirects out of the local network.
      'declarativeNetRequestWithHostAccess',
      // One press starts the companion and pairs; a host that takes two messages, where a person has installed it.
      'nativeMessaging',
    ],
    // Why a connection to a team's server fails: asked for with that server's address, and never before.
    optional_permissions: ['webRequest'],
    // The original bytes of a picture come from any host; a copy from the canvas has other pixels and no metadata.
    // Also covers the screenshot of the visible tab, the last resort, and ws://127.0.0.1.
    host_permissions: ['<all_urls>'],
    // One background for ordinary and private windows: there is one companion and one pairing. Private windows are
    // off in the browser by default and, when allowed there, send nothing until allowed in the options too.
    incognito: 'spanning',
    // Firefox adds upgrade-insecure-requests to the default policy, which turns ws://127.0.0.1 into wss://.
    content_security_policy: { extension_pages: "script-src 'self'; object-src 'self'" },
    action: { default_title: '__MSG_extensionName__' },
    commands: Object.fromEntries(
      Object.entries(COMMANDS).map(([name, { key, words }]) => [
        name,
        { suggested_key: { default: key }, description: nameOf(words) },
      ]),
    ),
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: FIREFOX_ID,
              // openOrClosedShadowRoot, MV3 event pages, declarativeNetRequest and module scripts; an extended-support release.
              strict_min_version: '140.0',
              // Optional: what goes to a team's server, asked for when one is chosen.
              data_collection_permissions: { required: ['none'], optional: ['websiteContent', 'browsingActivity'] },
            },
          },
        }
      : {
          // The same id in every folder that it is loaded from, so that the native messaging host knows it. Stores take it out.
          key: CHROMIUM_KEY,
          // From 116 a WebSocket message within 30 s keeps the service worker alive.
          minimum_chrome_version: '116',
          // ArrayBuffers pass between content script and background as they are; the JSON default makes them `{}`.
          message_serialization: 'structured_clone',
        }),
  }),
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../project.mjs';
import { filesBelow } from './files-below.mjs';
import { zipOf } from './zip.mjs';

/** Which build each store takes. */
export const STORES = { chrome: 'chrome-mv3', edge: 'chrome-mv3', firefox: 'firefox-mv3' };

/** The built extension is not there. */
class NotBuilt extends Error {
  name = 'NotBuilt';
  nextStep = 'Run "npm run build", then the command again.';
}

/**
 * The manifest that goes to a store: stores give Chromium's extensions an id of their own, and refuse the key that fixes one in
 * development.
 * @param {Record<string, any>} manifest of a built extension
 */
export function storeManifest({ key: _, ...manifest }) {
  return manifest;
}

/**
 * What is handed in to a store.
 * @param {keyof typeof STORES} store
 * @param {string} builds folder of the built extensions
 * @returns {Buffer} a zip
 * @throws {NotBuilt}
 */
export function storeZip(store, builds = join(root, 'extension', '.output')) {
  const folder = join(builds, STORES[store]);
  if (!existsSync(join(folder, 'manifest.json'))) throw new NotBuilt(`The extension for ${store} is not built.`);
  const files = filesBelow(folder);
  const manifest = JSON.parse(files.get('manifest.json').toString('utf8'));
  files.set('manifest.json', Buffer.from(JSON.stringify(storeManifest(manifest))));
  return zipOf(files);
}

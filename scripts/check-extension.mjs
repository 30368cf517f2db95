import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingNotices, NOTICES_FILE } from './notices.mjs';
import { STORES, storeZip } from './package/store-zips.mjs';
import { root } from './project.mjs';
import { explainFailure } from './run-command.mjs';
import { storeFaults } from './store-faults.mjs';

/** Where the builds note whose packages they have put into what ships. */
const NOTES = [
  ...[...new Set(Object.values(STORES))].map((build) => `extension/.output/${build}.packages.json`),
  'companion/history/.cache/packages.json',
];

const read = (path) => readFileSync(join(root, path), 'utf8');

/**
 * `npm run check:extension`: packs the built extension for each store, and looks at it as they do; and at what the bundlers have put
 * into it and the history page, whose licences must be told.
 * @returns {Promise<number>} exit code
 */
async function checkExtension() {
  try {
    const zips = Object.fromEntries(Object.keys(STORES).map((store) => [store, storeZip(store)]));
    const bundled = NOTES.flatMap((path) => JSON.parse(read(path)));
    const faults = [...(await storeFaults(zips, console.log)), ...missingNotices(bundled, read(NOTICES_FILE))];
    for (const fault of faults) console.error(`  ${fault}`);
    return faults.length === 0 ? 0 : 1;
  } catch (error) {
    explainFailure(error);
    return 1;
  }
}

process.exitCode = await checkExtension();

import { STORES, storeZip } from './package/store-zips.mjs';
import { explainFailure } from './run-command.mjs';
import { storeFaults } from './store-faults.mjs';

/**
 * `npm run check:extension`: packs the built extension for each store, and looks at it as they do.
 * @returns {Promise<number>} exit code
 */
async function checkExtension() {
  try {
    const zips = Object.fromEntries(Object.keys(STORES).map((store) => [store, storeZip(store)]));
    const faults = await storeFaults(zips, console.log);
    for (const fault of faults) console.error(`  ${fault}`);
    return faults.length === 0 ? 0 : 1;
  } catch (error) {
    explainFailure(error);
    return 1;
  }
}

process.exitCode = await checkExtension();

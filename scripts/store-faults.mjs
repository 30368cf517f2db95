import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lintExtension, lintFaults } from './extension-lint.mjs';
import { manifestFaults } from './manifest-rules.mjs';
import { readZip } from './package/read-zip.mjs';
import { root } from './project.mjs';

async function chromiumFaults(store, zip) {
  const files = await readZip(zip);
  const read = (path) => files.get(path);
  const manifest = JSON.parse(read('manifest.json').toString('utf8'));
  return manifestFaults({ manifest, files: [...files.keys()], read }, store);
}

async function firefoxFaults(zip, tell) {
  const { accepted } = JSON.parse(readFileSync(join(root, 'scripts/extension-lint-policy.json'), 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-store-'));
  try {
    const path = join(folder, 'firefox.zip');
    writeFileSync(path, zip);
    const found = await lintExtension(path);
    for (const { code, file, message } of found.notices) tell(`Notice ${code}${file ? ` in ${file}` : ''}: ${message}`);
    const { errors, warnings } = found;
    tell(`Firefox: ${errors.length} errors, ${warnings.length} warnings, ${accepted.length} kinds of them accepted.`);
    return lintFaults(found, accepted);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Opens what goes to the stores and looks at it as they do: Mozilla's linter for Firefox, the rules of manifest-rules.mjs for Chrome
 * and Edge.
 * @param {Record<'chrome' | 'edge' | 'firefox', Buffer>} zips
 * @param {(line: string) => void} tell hears what is no fault
 * @returns {Promise<string[]>} faults, in sentences
 */
export async function storeFaults({ chrome, edge, firefox }, tell) {
  const of = (store, faults) => faults.map((fault) => `${store}: ${fault}`);
  return [
    ...of('chrome', await chromiumFaults('chrome', chrome)),
    ...of('edge', await chromiumFaults('edge', edge)),
    ...of('firefox', await firefoxFaults(firefox, tell)),
  ];
}

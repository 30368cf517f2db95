import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { canInstall, downloadPackageOfDebian } from './apt.mjs';
import { root } from './project.mjs';

/** Where the tool lies once it was fetched; ignored by git. */
const TOOLS = join(root, '.cache', 'tools');
const FETCHED = join(TOOLS, 'promtool');

/** @returns {string | undefined} Prometheus' own checker of rules, configurations and metrics, where there is one */
export function findPromtool() {
  if (existsSync(FETCHED)) return FETCHED;
  return spawnSync('promtool', ['--version'], { stdio: 'ignore' }).status === 0 ? 'promtool' : undefined;
}

/**
 * Finds promtool, or takes it out of Debian's package of Prometheus: that is not installed, because it would start a server.
 * @returns {Promise<string | undefined>} why it is missing; undefined where it is there
 */
export async function ensurePromtool(options = {}) {
  if (findPromtool() === undefined && canInstall()) {
    mkdirSync(TOOLS, { recursive: true });
    const folder = mkdtempSync(join(TOOLS, 'prometheus-'));
    try {
      await downloadPackageOfDebian('prometheus', folder, options);
      const archive = readdirSync(folder).find((name) => name.endsWith('.deb'));
      if (archive) spawnSync('dpkg-deb', ['-x', join(folder, archive), join(folder, 'package')]);
      const unpacked = join(folder, 'package', 'usr', 'bin', 'promtool');
      if (existsSync(unpacked)) renameSync(unpacked, FETCHED);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return findPromtool() === undefined
    ? 'Alerts and metrics are only held to each other: install promtool (Prometheus) to have it check them too.'
    : undefined;
}

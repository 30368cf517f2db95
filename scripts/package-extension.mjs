import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPages, installPackages } from './prepare.mjs';
import { root } from './project.mjs';
import { explainFailure } from './run-command.mjs';

const OUTPUT = join(root, 'dist', 'stores');

function command(program, args, cwd) {
  const { status, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${error?.message ?? stderr}`);
}

/** A zip of a built extension. Stores give Chromium's extensions an id of their own, and refuse a key. */
function zipOf(built, name) {
  const staging = mkdtempSync(join(tmpdir(), 'touchstone-store-'));
  try {
    cpSync(join(root, 'extension/.output', built), staging, { recursive: true });
    const file = join(staging, 'manifest.json');
    const { key, ...manifest } = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify(manifest));
    const target = join(OUTPUT, name);
    rmSync(target, { force: true });
    command('zip', ['-qrX', target, '.'], staging);
    console.log(`${target}${key ? ' (without key)' : ''}`);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** `npm run package:extension`: what the stores want, in dist/stores. */
async function packageExtension() {
  try {
    await installPackages();
    await buildPages();
    mkdirSync(OUTPUT, { recursive: true });
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    for (const store of ['chrome', 'edge']) zipOf('chrome-mv3', `touchstone-${version}-${store}.zip`);
    zipOf('firefox-mv3', `touchstone-${version}-firefox.zip`);
    const sources = join(OUTPUT, `touchstone-${version}-sources.zip`);
    command(
      'git',
      ['archive', '--format=zip', '-o', sources, 'HEAD', '--', '.', ':!models/training', ':!docs/screenshots'],
      root,
    );
    console.log(sources);
    return 0;
  } catch (error) {
    explainFailure(error);
    return 1;
  }
}

process.exitCode = await packageExtension();

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { commandEnvironment, pnpmCommand, root } from '../project.mjs';

const MANIFESTS = ['.', 'shared', 'models', 'companion', 'companion/history', 'extension', 'e2e'];

/** What only a developer reads or a browser loads; licences stay. */
const LEFT_OUT = [
  /\.(map|ts|mts|cts|yml|html|gitattributes)$/,
  /(^|\/)(?!licen[cs]e|notice|copying)[^/]*\.md$/i,
  /^(@[^/]+\/)?[^/]+\/(test|tests|docs|examples?|bench|benchmarks?|\.github)(\/|$)/,
  /^date-fns\/(fp|cdn|locale\.|locale\/(?!en-US|_lib))/,
  /^mediabunny\/(src|dist\/modules|dist\/bundles\/(?!mediabunny\.node\.cjs))/,
  // Builds for browsers and for `require`: Node imports `lib`.
  /^csv-parse\/dist(\/|$)/,
  // Names that are tried out: nothing imports `/incubating`.
  /^@opentelemetry\/semantic-conventions\/dist\/(experimental_|index-incubating)/,
];
/** Links, what pnpm notes, and the GPL's FFmpeg (docs/decisions/0004-video-decoding.md). */
const NOT_PASSED_ON = ['@seydx', '@touchstone', '.bin', '.pnpm', '.modules.yaml', '.pnpm-workspace-state-v1.json'];

/** Of team mode (docs/team.md): 10 MB that a person's computer need not hold. Its servers and workers run from the sources. */
const OF_TEAMS = new RegExp(
  `^(${[
    'pg|pg-.*|pgpass|postgres-.*|pg-boss|kysely|luxon|cron-parser|aws4fetch|rrule-temporal|temporal-.*|@js-temporal',
    '@simplewebauthn|@peculiar|@hexagon|@levischuck|asn1js|pvtsutils|pvutils|tsyringe|reflect-metadata',
    'openid-client|oauth4webapi|jose',
  ].join('|')})$`,
);

/**
 * The companion's dependencies in one flat folder, exactly as pnpm-lock.yaml pins them, without links and without what is for
 * other systems.
 * @param {string} target becomes `node_modules`
 */
export function writeProductionPackages(target) {
  const staging = mkdtempSync(join(tmpdir(), 'touchstone-packages-'));
  try {
    for (const folder of MANIFESTS) {
      mkdirSync(join(staging, folder), { recursive: true });
      cpSync(join(root, folder, 'package.json'), join(staging, folder, 'package.json'));
    }
    for (const name of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'patches'])
      cpSync(join(root, name), join(staging, name), { recursive: true });
    const { command, args, shell } = pnpmCommand([
      'install',
      '--prod',
      '--frozen-lockfile',
      '--prefer-offline',
      '--ignore-scripts',
      '--config.node-linker=hoisted',
      '--filter',
      '@touchstone/companion...',
    ]);
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: staging,
      env: commandEnvironment(),
      shell,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`pnpm could not install: ${stdout}${stderr}`);
    const modules = join(staging, 'node_modules');
    const teams = readdirSync(modules).filter((name) => OF_TEAMS.test(name));
    for (const name of [...NOT_PASSED_ON, ...teams]) rmSync(join(modules, name), { recursive: true, force: true });
    trimRuntime(join(modules, 'onnxruntime-node', 'bin'));
    mkdirSync(dirname(target), { recursive: true });
    const ships = (path) => {
      const name = relative(modules, path).replaceAll('\\', '/');
      return !LEFT_OUT.some((pattern) => pattern.test(name));
    };
    cpSync(modules, target, { recursive: true, dereference: true, filter: ships });
    for (const folder of packageFolders(target)) forgetInstalling(join(folder, 'package.json'));
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** @returns {string[]} folder of each package in a flat folder of them */
export function packageFolders(modules) {
  return readdirSync(modules).flatMap((name) =>
    name.startsWith('@')
      ? readdirSync(join(modules, name)).map((inner) => join(modules, name, inner))
      : join(modules, name),
  );
}

/** What is here is all there is: npm must neither run scripts of bundled packages nor fetch what they would have liked. */
function forgetInstalling(path) {
  const { scripts, devDependencies, optionalDependencies, peerDependencies, peerDependenciesMeta, ...manifest } =
    JSON.parse(readFileSync(path, 'utf8'));
  const dependencies = Object.entries(manifest.dependencies ?? {}).filter(([name]) =>
    existsSync(join(path, '..', '..', ...up(path), name)),
  );
  writeFileSync(path, `${JSON.stringify({ ...manifest, dependencies: Object.fromEntries(dependencies) }, null, 2)}\n`);
}

/** From beside a package to the folder of all: one step more for those of a scope. */
const up = (path) => (/node_modules[\\/]@[^\\/]+[\\/][^\\/]+[\\/]package\.json$/.test(path) ? ['..'] : []);

/** Leaves the model runtime's libraries of this system alone: its package holds those of all. */
function trimRuntime(bin) {
  if (!existsSync(bin)) throw new Error('onnxruntime-node keeps its libraries elsewhere now');
  for (const api of readdirSync(bin)) {
    for (const platform of readdirSync(join(bin, api))) {
      for (const processor of readdirSync(join(bin, api, platform))) {
        if (platform === process.platform && processor === process.arch) continue;
        rmSync(join(bin, api, platform, processor), { recursive: true });
      }
    }
  }
}

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forbiddenBuilds, graveAdvisories, refusedLicences } from './audit-rules.mjs';
import { installedPackages } from './installed-packages.mjs';
import { commandEnvironment, pnpmCommand, root } from './project.mjs';

/** Longest answer of pnpm, in bytes; the list of licences has 150 kB. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
/** A registry that has not answered by then does not. */
const ANSWER_WITHIN_MS = 120_000;

const read = (path) => readFileSync(join(root, path), 'utf8');

function pnpm(...args) {
  const { command, args: line, shell } = pnpmCommand(args);
  const options = { cwd: root, env: commandEnvironment(), shell, encoding: 'utf8', maxBuffer: MAX_ANSWER_BYTES };
  const { stdout, stderr, error } = spawnSync(command, line, { ...options, timeout: ANSWER_WITHIN_MS });
  return { stdout: stdout ?? '', trouble: error?.message ?? stderr ?? '' };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @returns {{ found: object[] } | { silent: string }} advisories on what ships, or why there is no answer */
function advisories() {
  const { stdout, trouble } = pnpm('audit', '--prod', '--json');
  const answer = parsed(stdout);
  if (!answer?.advisories) {
    const words = `${answer?.error?.message ?? ''} ${trouble} ${stdout}`.replace(/[│×\s]+/g, ' ').trim();
    return { silent: words.slice(0, 200) || 'no answer' };
  }
  const found = Object.values(answer.advisories).map((one) => ({
    id: String(one.github_advisory_id ?? one.url ?? one.id),
    package: one.module_name,
    severity: one.severity,
    title: one.title,
  }));
  return { found };
}

/**
 * `npm run audit`: known holes in what ships, as far as the registry answers; licences; install scripts. The policy with
 * its exceptions is audit-policy.json.
 * @returns {number} exit code
 */
function audit() {
  const policy = JSON.parse(read('scripts/audit-policy.json'));
  const faults = [];
  const answer = advisories();
  if ('silent' in answer) {
    console.warn(`NOT AUDITED for known holes: the registry does not answer (${answer.silent}).`);
    // Exceptions expire all the same.
    faults.push(...graveAdvisories([], policy.advisories));
  } else {
    faults.push(...graveAdvisories(answer.found, policy.advisories));
    console.log(`Known holes: ${answer.found.length} advisories on what ships.`);
  }
  const licences = parsed(pnpm('-r', 'licenses', 'list', '--prod', '--json').stdout);
  const counted = Object.values(licences ?? {}).flat().length;
  if (counted === 0) faults.push('pnpm names no licence of any package: run "npm start" once, then again.');
  else {
    faults.push(...refusedLicences(licences, policy));
    console.log(`Licences: ${counted} packages that ship, ${Object.keys(licences).length} licences.`);
  }
  const installed = installedPackages().map(({ manifest }) => manifest);
  if (installed.length === 0) faults.push('No package is installed.');
  faults.push(...forbiddenBuilds(read('pnpm-workspace.yaml'), installed, policy.buildScripts));
  console.log(
    `Install scripts: ${installed.length} packages looked at; ${policy.buildScripts.join(', ')} may run one.`,
  );
  for (const fault of faults) console.error(`  ${fault}`);
  return faults.length === 0 ? 0 : 1;
}

process.exitCode = audit();

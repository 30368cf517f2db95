import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { belowFloor, coverageOf, loweredFloors, raisedFloor } from './coverage-rules.mjs';
import { commandEnvironment, pnpmCommand, root } from './project.mjs';

/** Lines run by tests, in percent, below which a part must not fall. The one place where it stands. */
export const FLOOR_FILE = 'scripts/coverage-floor.json';
const SUMMARY = '.cache/coverage/coverage-summary.json';

const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout ?? '';

/** The floor in every commit that changed it; none where git is missing or the history was cut off. */
function earlierFloors() {
  const commits = git('log', '--format=%H', '--', FLOOR_FILE).split('\n').filter(Boolean);
  return commits.flatMap((commit) => {
    try {
      return [JSON.parse(git('show', `${commit}:${FLOOR_FILE}`))];
    } catch {
      return [];
    }
  });
}

/**
 * `npm run coverage [-- PARTS...]`: runs the unit tests of these parts (all without names) and holds what they reach against
 * the floor; `--raise` lifts the floor to it.
 * @returns {number} exit code
 */
function coverage(args) {
  const names = args.filter((arg) => arg !== '--raise');
  const projects = names.flatMap((name) => ['--project', `${name.split('/').at(-1)}*`]);
  const line = ['exec', 'vitest', 'run', '--coverage', ...projects];
  const { command, args: all, shell } = pnpmCommand(line);
  const { status } = spawnSync(command, all, { cwd: root, env: commandEnvironment(), shell, stdio: 'inherit' });
  if (status !== 0) return status ?? 1;
  const floor = read(FLOOR_FILE);
  const measured = coverageOf(read(SUMMARY), root);
  // Of a part whose own tests did not run only crumbs are reached.
  if (names.length > 0) for (const part of measured.keys()) if (!names.includes(part)) measured.delete(part);
  for (const [part, percent] of measured)
    console.log(`${part}: ${percent.toFixed(1)} % (floor ${floor[part] ?? 'none'})`);
  const unmeasured = names.filter((name) => !measured.has(name)).map((name) => `${name}: nothing was measured.`);
  const faults = [...unmeasured, ...belowFloor(measured, floor), ...loweredFloors(floor, earlierFloors())];
  for (const fault of faults) console.error(`  ${fault}`);
  if (faults.length > 0) return 1;
  if (args.includes('--raise')) {
    writeFileSync(join(root, FLOOR_FILE), `${JSON.stringify(raisedFloor(measured, floor), null, 2)}\n`);
  }
  return 0;
}

process.exitCode = coverage(process.argv.slice(2));

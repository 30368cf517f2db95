import { spawn } from 'node:child_process';
import { readdirSync, realpathSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { ensureBrowsers } from './ensure-browsers.mjs';
import { buildPages, installPackages } from './prepare.mjs';
import { duration } from './progress.mjs';
import { commandEnvironment, pnpmCommand, root } from './project.mjs';
import { recordLongRun } from './record-long-run.mjs';
import { explainFailure } from './run-command.mjs';

/** Runs of each file, unless told otherwise: what fails once in ten runs is found with 88 % in these. */
const TIMES = 20;
/** Lines of a failed run that are shown. */
const SHOWN_LINES = 60;

const folder = join(root, 'e2e', 'src');

/**
 * The browser test files to run.
 * @param {readonly string[]} names of all files in the folder
 * @param {readonly string[]} only parts of names; none means all
 */
export function chooseFiles(names, only) {
  const tests = names.filter((name) => name.endsWith('.test.ts')).sort();
  for (const part of only)
    if (!tests.some((name) => name.includes(part))) throw new Error(`No browser test file is named like "${part}".`);
  return only.length === 0 ? tests : tests.filter((name) => only.some((part) => name.includes(part)));
}

/**
 * @param {readonly { file: string, runs: number, failures: number, ms: number }[]} results `ms` of all runs together
 * @returns {string[]} lines of Markdown
 */
export function resultTable(results) {
  const rows = results.map(
    ({ file, runs, failures, ms }) => `| ${file} | ${runs} | ${failures} | ${duration(ms / Math.max(1, runs))} |`,
  );
  const failed = results.reduce((sum, { failures }) => sum + failures, 0);
  const runs = results.reduce((sum, result) => sum + result.runs, 0);
  return [
    `${failed} of ${runs} runs failed.`,
    '',
    '| file | runs | failed | a run takes |',
    '|---|---|---|---|',
    ...rows,
  ];
}

/** One run of one file. @returns {Promise<{ passed: boolean, output: string }>} */
function runFile(file, environment) {
  const { command, args, shell } = pnpmCommand(['--filter', '@touchstone/e2e', 'run', 'e2e', `src/${file}`]);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env: environment, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('exit', (code) => resolve({ passed: code === 0, output }));
  });
}

/** Threads that keep every core busy. @returns ends them */
function keepBusy() {
  const threads = cpus().map(() => new Worker(new URL('./busy-thread.mjs', import.meta.url)));
  return () => Promise.all(threads.map((thread) => thread.terminate()));
}

/**
 * Round after round, so that an interrupted run says something of every file.
 * @param {readonly string[]} files
 * @param {number} times
 * @returns {{ round: number, file: string }[]}
 */
export function rounds(files, times) {
  return Array.from({ length: times }, (_, index) => files.map((file) => ({ round: index + 1, file }))).flat();
}

/** @returns {Promise<boolean>} whether no run failed */
async function repeat(files, { times, atOnce, record }) {
  const environment = { ...commandEnvironment(), ...(await ensureBrowsers()) };
  const results = new Map(files.map((file) => [file, { file, runs: 0, failures: 0, ms: 0 }]));
  const table = () => resultTable([...results.values()].filter(({ runs }) => runs > 0));
  const waiting = rounds(files, times);
  const runWhatWaits = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const start = Date.now();
      const { passed, output } = await runFile(next.file, environment);
      const took = Date.now() - start;
      const result = results.get(next.file);
      result.runs += 1;
      result.ms += took;
      if (!passed) result.failures += 1;
      console.log(`${next.round}/${times} ${next.file}: ${passed ? 'passed' : 'FAILED'} (${duration(took)})`);
      if (!passed) console.log(output.split('\n').slice(-SHOWN_LINES).join('\n'));
      if (record)
        recordLongRun('repeat-browser-tests', [`${atOnce} files at once. ${table()[0]}`, ...table().slice(1)]);
    }
  };
  const rest = keepBusy();
  try {
    await Promise.all(Array.from({ length: atOnce }, runWhatWaits));
  } finally {
    await rest();
  }
  console.log(`\n${table().join('\n')}`);
  return [...results.values()].every(({ failures }) => failures === 0);
}

/** `npm run test:repeat -- [--times 20] [--at-once 1] [--only part-of-a-name]... [--no-record]` */
async function main() {
  const { values } = parseArgs({
    options: {
      times: { type: 'string', default: String(TIMES) },
      'at-once': { type: 'string', default: '1' },
      only: { type: 'string', multiple: true, default: [] },
      'no-record': { type: 'boolean', default: false },
    },
  });
  const [times, atOnce] = ['times', 'at-once'].map((name) => {
    const number = Number(values[name]);
    if (Number.isInteger(number) && number >= 1) return number;
    throw new Error(`--${name} must be a whole number from 1, not "${values[name]}".`);
  });
  const files = chooseFiles(readdirSync(folder), values.only);
  await installPackages();
  await buildPages();
  return (await repeat(files, { times, atOnce, record: !values['no-record'] })) ? 0 : 1;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = await main();
  } catch (error) {
    explainFailure(error);
    process.exitCode = 2;
  }
}

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
import { pnpmCommand, root, stepEnvironment } from './project.mjs';
import { recordLongRun } from './record-long-run.mjs';
import { explainFailure } from './step.mjs';

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

/** @returns {Promise<boolean>} whether no run failed */
async function repeat(files, times, record) {
  const environment = { ...stepEnvironment(), ...(await ensureBrowsers()) };
  const results = files.map((file) => ({ file, runs: 0, failures: 0, ms: 0 }));
  const rest = keepBusy();
  try {
    // Round after round, so that an interrupted run says something of every file.
    for (let round = 1; round <= times; round += 1)
      for (const result of results) {
        const start = Date.now();
        const { passed, output } = await runFile(result.file, environment);
        const took = Date.now() - start;
        result.runs += 1;
        result.ms += took;
        if (!passed) result.failures += 1;
        console.log(`${round}/${times} ${result.file}: ${passed ? 'passed' : 'FAILED'} (${duration(took)})`);
        if (!passed) console.log(output.split('\n').slice(-SHOWN_LINES).join('\n'));
        if (record) recordLongRun('repeat-browser-tests', resultTable(results.filter(({ runs }) => runs > 0)));
      }
  } finally {
    await rest();
  }
  console.log(`\n${resultTable(results).join('\n')}`);
  return results.every(({ failures }) => failures === 0);
}

/** `npm run test:repeat -- [--times 20] [--only part-of-a-name]... [--no-record]` */
async function main() {
  const { values } = parseArgs({
    options: {
      times: { type: 'string', default: String(TIMES) },
      only: { type: 'string', multiple: true, default: [] },
      'no-record': { type: 'boolean', default: false },
    },
  });
  const times = Number(values.times);
  if (!Number.isInteger(times) || times < 1)
    throw new Error(`--times must be a whole number from 1, not "${values.times}".`);
  const files = chooseFiles(readdirSync(folder), values.only);
  await installPackages();
  await buildPages();
  return (await repeat(files, times, !values['no-record'])) ? 0 : 1;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = await main();
  } catch (error) {
    explainFailure(error);
    process.exitCode = 2;
  }
}
